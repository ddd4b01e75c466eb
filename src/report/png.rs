//! A picture as PNG, for mails: most of them show no SVG. Drawn with the fonts of the system; where there are none,
//! there is no picture, and the mail carries the table and the SVG.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, ID, Query};
use resvg::usvg::{FallbackSelectionFn, FontResolver, Options, Tree};

/// The widest picture that is drawn, pixels: more takes memory and shows nothing more.
const WIDEST: u32 = 4_000;
/// How many fonts are looked at for one letter.
const MOST_TRIED: usize = 40;
/// What stands for a plain font where a picture names none that is there.
const PLAIN: [&str; 6] =
    ["Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Segoe UI", "Helvetica"];

/// The fonts of the system. They are looked for once: that reads hundreds of files.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    Arc::new(with_a_plain_one(fonts))
});

/// The picture as PNG of this width; `None` where the system has no font, or the text is no picture.
#[must_use]
pub fn png(svg: &str, width_px: u32) -> Option<Vec<u8>> {
    with_fonts(svg, width_px, &FONTS)
}

/// The same with these fonts.
#[must_use]
pub fn with_fonts(svg: &str, width_px: u32, fonts: &Arc<Database>) -> Option<Vec<u8>> {
    if fonts.is_empty() { None } else { drawn(svg, width_px, fonts) }
}

/// The same also without fonts: words are missing then.
fn drawn(svg: &str, width_px: u32, fonts: &Arc<Database>) -> Option<Vec<u8>> {
    let options = Options {
        fontdb: Arc::clone(fonts),
        font_family: plain(fonts).unwrap_or_default(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: as_heavy(),
        },
        // Nothing is loaded from elsewhere: pictures of ours name no file.
        resources_dir: None,
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).ok()?;
    let width = width_px.clamp(1, WIDEST);
    #[expect(clippy::cast_precision_loss, reason = "a width of at most 4,000 pixels")]
    let scale = width as f32 / tree.size().width();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is above 0, and what is too high for a picture is refused by the next line"
    )]
    let height = (tree.size().height() * scale).ceil() as u32;
    let mut pixels = Pixmap::new(width, height.min(WIDEST * 2))?;
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().ok()
}

/// For letters that the font lacks: another one that is as heavy, if there is one. The library takes the first that has
/// the letter, which is bold as often as not.
fn as_heavy() -> FallbackSelectionFn<'static> {
    let any = FontResolver::default_fallback_selector();
    Box::new(move |letter, used, fonts| {
        let first = any(letter, used, fonts)?;
        let weight =
            |fonts: &Database, id: ID| fonts.face(id).map(|face| (face.weight, face.style));
        let wanted = used.first().and_then(|id| weight(fonts, *id));
        let mut tried: Vec<ID> = used.to_vec();
        let mut next = Some(first);
        while let Some(found) = next.filter(|_| tried.len() < MOST_TRIED) {
            if weight(fonts, found) == wanted {
                return Some(found);
            }
            tried.push(found);
            next = any(letter, &tried, fonts);
        }
        Some(first)
    })
}

fn with_a_plain_one(mut fonts: Database) -> Database {
    if let Some(name) = plain(&fonts) {
        fonts.set_sans_serif_family(name);
    }
    fonts
}

/// A plain font that is there: one of the usual ones, else whichever comes first.
fn plain(fonts: &Database) -> Option<String> {
    let has = |name: &&&str| {
        fonts.query(&Query { families: &[Family::Name(name)], ..Query::default() }).is_some()
    };
    let usual = PLAIN.iter().find(has).map(|name| (*name).to_owned());
    let first = || fonts.faces().next()?.families.first().map(|(name, _)| name.clone());
    usual.or_else(first)
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::PremultipliedColorU8;

    use super::*;

    const BAR: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50"><rect x="10" y="10" width="50" height="20" fill="#000"/></svg>"##;

    /// Drawn without words, which needs no font: so it is tested on every system.
    fn bare(svg: &str, width: u32) -> Option<Pixmap> {
        let bytes = drawn(svg, width, &Arc::new(Database::new()))?;
        Some(Pixmap::decode_png(&bytes).unwrap())
    }

    #[test]
    fn there_is_ink_where_a_bar_is_and_none_beside_it() {
        let pixels = bare(BAR, 200).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (200, 100));
        let red = |x, y| pixels.pixel(x, y).map(PremultipliedColorU8::red);
        assert_eq!((red(60, 40), red(180, 40)), (Some(0), Some(255)));
    }

    #[test]
    fn without_fonts_there_is_no_picture() {
        assert_eq!(with_fonts(BAR, 200, &Arc::new(Database::new())), None);
        assert_eq!(png(BAR, 200).is_some(), !FONTS.is_empty());
    }

    #[test]
    fn what_is_no_picture_gives_none_and_what_is_too_wide_is_drawn_smaller() {
        assert_eq!(png("no picture", 200), None);
        assert!(bare("no picture", 200).is_none());
        assert_eq!(bare(BAR, u32::MAX).unwrap().width(), WIDEST);
    }

    #[test]
    fn the_same_text_gives_the_same_bytes() {
        let none = Arc::new(Database::new());
        assert_eq!(drawn(BAR, 320, &none), drawn(BAR, 320, &none));
        assert_eq!(png(BAR, 320), png(BAR, 320));
    }

    /// How many columns of the picture of these words have ink.
    fn inked_columns(words: &str) -> usize {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="28" font-size="20">{words}</text></svg>"#
        );
        let pixels = Pixmap::decode_png(&png(&svg, 200).unwrap()).unwrap();
        let has_ink = |x: &u32| {
            (0..pixels.height()).any(|y| pixels.pixel(*x, y).is_some_and(|pixel| pixel.red() < 128))
        };
        (0..pixels.width()).filter(has_ink).count()
    }

    /// Says plainly that a test did not look.
    #[expect(
        clippy::print_stderr,
        reason = "a test that passes without looking must not do so in silence"
    )]
    fn skipped(test: &str, why: &str) {
        eprintln!("skipped: {test}: {why}");
    }

    #[test]
    fn arabic_letters_are_joined() {
        const NAME: &str = "arabic_letters_are_joined";
        if FONTS.is_empty() {
            return skipped(NAME, "this system has no fonts");
        }
        // A mark between letters keeps them apart: joined letters are narrower than single ones.
        let joined = inked_columns("محمية");
        let single = inked_columns("م\u{200c}ح\u{200c}م\u{200c}ي\u{200c}ة");
        // Letters that no font has are rows of empty boxes, or nothing.
        if joined == inked_columns("\u{10fffd}\u{10fffd}\u{10fffd}") || joined == 0 {
            return skipped(NAME, "this system has no font with Arabic letters");
        }
        assert!(joined < single, "{joined} {single}");
    }
}
