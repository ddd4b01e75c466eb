//! Pictures without what cameras write beside them: where and when they were taken, by which device, small pictures of them.
//!
//! The picture itself is not touched: its bytes are copied, segment by segment, and everything that is not needed to show
//! it is left out.

const NO_JPEG: &str = "is a JPEG picture that cannot be read to its end";
const NO_PNG: &str = "is a PNG picture that cannot be read to its end";

/// The beginning of every PNG file.
const PNG: usize = 8;

/// The chunks of a PNG file that the picture is shown from.
const SHOWN: [&[u8]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// A JPEG file without what is not needed to show it, up to its end.
pub(super) fn bare_jpeg(content: &[u8]) -> Result<Vec<u8>, String> {
    walk_jpeg(content).ok_or_else(|| NO_JPEG.to_owned())
}

fn walk_jpeg(content: &[u8]) -> Option<Vec<u8>> {
    let mut bare = content.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        if *content.get(at)? != 0xFF {
            return None;
        }
        let marker = *content.get(at + 1)?;
        match marker {
            // Filling between segments.
            0xFF => at += 1,
            0xD9 => {
                bare.extend([0xFF, 0xD9]);
                return Some(bare);
            }
            0x01 | 0xD0..=0xD7 => {
                bare.extend([0xFF, marker]);
                at += 2;
            }
            _ => {
                let length = u16::from_be_bytes([*content.get(at + 2)?, *content.get(at + 3)?]);
                let end = at + 2 + usize::from(length.max(2));
                let segment = content.get(at..end)?;
                if is_needed(marker, segment.get(4..)?) {
                    bare.extend(segment);
                }
                at = end;
                // The lines of the picture follow the head of a scan.
                if marker == 0xDA {
                    let scan = scan_length(content.get(at..)?)?;
                    bare.extend(content.get(at..at + scan)?);
                    at += scan;
                }
            }
        }
    }
}

/// Is a segment needed to show the picture? Of those of applications: its form, its colours, and how Adobe wrote it.
fn is_needed(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xE0 => body.starts_with(b"JFIF\0"),
        0xE2 => body.starts_with(b"ICC_PROFILE\0"),
        0xEE => body.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// How many bytes there are before the next marker that ends the lines of a scan.
fn scan_length(lines: &[u8]) -> Option<usize> {
    let is_end = |pair: &[u8]| matches!(pair, [0xFF, marker] if !matches!(marker, 0x00 | 0xFF | 0xD0..=0xD7));
    lines.windows(2).position(is_end)
}

/// A PNG file of the chunks that it is shown from, up to its end.
pub(super) fn bare_png(content: &[u8]) -> Result<Vec<u8>, String> {
    walk_png(content).ok_or_else(|| NO_PNG.to_owned())
}

fn walk_png(content: &[u8]) -> Option<Vec<u8>> {
    /// Length, name and check sum of a chunk.
    const AROUND: usize = 12;
    let mut bare = content.get(..PNG)?.to_vec();
    let mut at = PNG;
    loop {
        let length = content.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes)?;
        let end = at.checked_add(AROUND)?.checked_add(usize::try_from(length).ok()?)?;
        let (chunk, name) = (content.get(at..end)?, content.get(at + 4..at + 8)?);
        if SHOWN.contains(&name) {
            bare.extend(chunk);
        }
        if name == b"IEND" {
            return Some(bare);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CANARY: &[u8] = b"CANARY";

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker][..], &length, body].concat()
    }

    fn jpeg(extra: &[Vec<u8>], after: &[u8]) -> Vec<u8> {
        [
            &[0xFF, 0xD8][..],
            &segment(0xE0, b"JFIF\0\x01\x02"),
            &extra.concat(),
            &segment(0xDB, &[0; 65]),
            &segment(0xC2, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
            &segment(0xDA, &[1, 1, 0, 0, 63, 0]),
            &[1, 2, 0xFF, 0x00, 3, 0xFF, 0xD0, 4],
            &segment(0xDA, &[1, 1, 0, 0, 63, 0]),
            &[5, 6],
            &[0xFF, 0xD9],
            after,
        ]
        .concat()
    }

    #[test]
    fn what_a_camera_writes_beside_the_picture_is_gone_and_the_picture_is_not() {
        let told = |begins: &[u8]| [begins, CANARY].concat();
        let extra = [
            segment(0xE1, &told(b"Exif\0\0")),
            segment(0xE1, &told(b"http://ns.adobe.com/xap/1.0/\0")),
            segment(0xE2, &told(b"MPF\0")),
            segment(0xED, &told(b"Photoshop 3.0\0")),
            segment(0xFE, CANARY),
        ];
        let sent = jpeg(&extra, &jpeg(&[segment(0xE1, CANARY)], &[]));
        let bare = bare_jpeg(&sent).unwrap();
        assert_eq!(bare, jpeg(&[], &[]), "nothing else is changed, and what hangs over is cut off");
        assert_eq!(bare_jpeg(&bare).unwrap(), bare);
        let colours = segment(0xE2, b"ICC_PROFILE\0\x01\x01");
        let coloured = jpeg(std::slice::from_ref(&colours), &[]);
        assert_eq!(bare_jpeg(&coloured).unwrap(), coloured);
    }

    #[test]
    fn of_a_png_only_what_it_is_shown_from_is_left() {
        let chunk = |name: &[u8], body: &[u8]| {
            [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], name, body, &[0; 4]].concat()
        };
        let png = |extra: &[u8], after: &[u8]| {
            let (head, data) = (chunk(b"IHDR", &[1; 13]), chunk(b"IDAT", &[2; 9]));
            let begin = b"\x89PNG\r\n\x1a\n";
            [&begin[..], &head, extra, &data, &chunk(b"IEND", &[]), after].concat()
        };
        let told: Vec<u8> = [b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"abCd"]
            .map(|name| chunk(name, CANARY))
            .concat();
        assert_eq!(bare_png(&png(&told, CANARY)).unwrap(), png(&[], &[]));
    }

    proptest! {
        #[test]
        fn whatever_is_sent_it_is_walked_to_an_end(
            middle in proptest::collection::vec(any::<u8>(), 0..400),
            cut in 0_usize..200,
        ) {
            for begin in [&b"\xFF\xD8"[..], b"\x89PNG\r\n\x1a\n"] {
                let sent = [begin, &middle].concat();
                for bare in [bare_jpeg(&sent), bare_png(&sent)].into_iter().flatten() {
                    prop_assert!(bare.len() <= sent.len());
                }
            }
            let whole = jpeg(&[segment(0xE1, &middle)], &[]);
            let is_cut = bare_jpeg(&whole[..whole.len() - 1 - cut.min(whole.len() - 3)]);
            prop_assert!(is_cut.is_err(), "half a picture is none");
            prop_assert_eq!(bare_jpeg(&whole).unwrap(), jpeg(&[], &[]));
        }
    }
}
