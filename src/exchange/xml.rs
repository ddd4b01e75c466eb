//! Elements of an XML text, written one after the other.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A text that grows element by element.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// With its declaration.
    pub(super) fn new() -> Self {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// An element with a text in it.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.write(Event::Start(start(name, attributes)));
        self.write(Event::Text(BytesText::new(&allowed(text))));
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element with nothing in it but its attributes.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// An element with others in it.
    pub(super) fn with(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.write(Event::Start(start(name, attributes)));
        inside(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// The whole text.
    pub(super) fn done(self) -> String {
        let mut text = String::from_utf8(self.0.into_inner()).unwrap_or_default();
        text.push('\n');
        text
    }

    fn write(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*allowed(value)));
    }
    start
}

/// XML 1.0 has no place for control characters, not even escaped: they are shown as lost.
fn allowed(text: &str) -> String {
    let is_allowed = |letter: &char| {
        matches!(letter, '\t' | '\n' | '\u{20}'..='\u{fffd}' | '\u{10000}'..) && *letter != '\u{7f}'
    };
    let replaced = text.replace("\r\n", "\n");
    let letters = replaced.chars();
    letters.map(|c| if is_allowed(&c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::Reader;

    use super::*;

    fn written(text: &str) -> String {
        let mut xml = Xml::new();
        xml.with("a", &[("b", text)], |xml| xml.text("c", &[], text));
        xml.done()
    }

    /// The names of the elements, and the text in them, as a reader sees it.
    fn read(text: &str) -> (Vec<String>, String) {
        let (mut names, mut inside) = (Vec::new(), String::new());
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(start) => names.push(start.name().as_ref().to_owned()),
                Event::Text(text) if names.len() == 2 => inside.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => inside.push(match &*name.xml10_content() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    other => panic!("{other}"),
                }),
                Event::Eof => return (names, inside),
                _ => {}
            }
        }
    }

    #[test]
    fn a_text_never_becomes_an_element() {
        for text in ["</c><evil/>", "]]>", "<![CDATA[x]]>", "&amp;", "\"'>", "<!--", "<?php ?>"] {
            let (names, inside) = read(&written(text));
            assert_eq!((names.len(), inside.trim_end()), (2, text));
        }
    }

    #[test]
    fn what_xml_has_no_place_for_is_shown_as_lost() {
        assert_eq!(
            allowed("a\u{0}b\u{b}\u{1b}\u{7f}\u{ffff}\r\nc"),
            "a\u{fffd}b\u{fffd}\u{fffd}\u{fffd}\u{fffd}\nc"
        );
    }

    proptest! {
        #[test]
        fn every_text_is_well_formed(text in any::<String>()) {
            prop_assert_eq!(read(&written(&text)).0.len(), 2);
        }
    }
}
