//! Text from files on its way to a terminal.

use std::borrow::Cow;

use super::model::Value;

/// A text on one line, in which a character that would move the cursor, colour
/// or reorder what stands around it is shown instead of obeyed.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_obeyed(c) { picture(c) } else { c }).collect())
}

/// A text as a cell of a CSV that is read and never read back, on a terminal
/// too: only its line breaks and tabs are left of what a terminal obeys.
#[must_use]
pub fn in_csv(text: Cow<'_, str>) -> Value<'_> {
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    Value::Text(if text.contains(is_odd) {
        Cow::Owned(text.chars().map(|c| if is_odd(c) { picture(c) } else { c }).collect())
    } else {
        text
    })
}

/// The same for a text of ours that may have several lines.
pub(super) fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// The control picture of a control character.
fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_its_lines_and_obeys_nothing() {
        let cell = |text: &'static str| in_csv(Cow::Borrowed(text));
        assert_eq!(
            cell("\u{1b}[31m\r\n\ta\u{7f}\u{9b}"),
            Value::Text("␛[31m\r\n\ta␡\u{fffd}".into())
        );
        assert!(matches!(cell("عمل\u{200f}"), Value::Text(Cow::Borrowed(_))));
    }

    #[test]
    fn controls_are_shown_and_letters_left() {
        assert_eq!(visible("Zoë 上海"), "Zoë 上海");
        assert!(matches!(visible("plain"), Cow::Borrowed(_)));
        assert_eq!(visible("\u{1b}[31m\r\n\u{7f}\u{9b}\u{202e}"), "␛[31m␍␊␡\u{fffd}\u{fffd}");
        assert_eq!(visible("\u{61c}\u{2028}\u{2029}\u{80}\u{2066}"), "\u{fffd}".repeat(5));
    }
}
