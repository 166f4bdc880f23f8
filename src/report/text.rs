//! Text from files on its way to a terminal.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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
#[must_use]
pub fn visible_lines(text: &str) -> String {
    text.lines().map(visible).collect::<Vec<_>>().join("\n")
}

/// A text in at most so many columns, cut between words where it can be; what
/// is left out shows as an ellipsis.
pub(super) fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if text.width() <= columns {
        return Cow::Borrowed(text);
    }
    let room = columns.saturating_sub(1);
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > room
    });
    let kept = end.and_then(|(at, _)| text.get(..at)).unwrap_or(text);
    // A word that would lose its end goes as a whole, unless it is all there is.
    let ends_a_word = text.get(kept.len()..).is_some_and(|rest| rest.starts_with(' '));
    let whole = match kept.rfind(' ') {
        Some(space) if !ends_a_word && space * 2 > kept.len() => &kept[..space],
        _ => kept,
    };
    Cow::Owned(format!("{}…", whole.trim_end()))
}

/// A text in lines of at most so many columns, broken between words. A word
/// that is longer is broken between wide characters, as in Chinese, where a
/// sentence has no spaces; else it has a line of its own.
pub(super) fn in_lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // Numbers hold together: their spaces are no breaks.
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        let parts = if word.width() > columns { parts_of(word) } else { vec![word] };
        let mut between = " ";
        for part in parts {
            match lines.last_mut() {
                Some(line) if line.width() + between.len() + part.width() <= columns => {
                    line.push_str(between);
                    line.push_str(part);
                }
                _ => lines.push(part.to_owned()),
            }
            between = "";
        }
    }
    lines
}

/// A word cut wherever a line may end within it: beside a wide character, but
/// not before a mark that closes nor after one that opens.
fn parts_of(word: &str) -> Vec<&str> {
    let is_wide = |c: char| c.width().unwrap_or(0) > 1;
    let opens = |c: char| "（“‘《【「『([".contains(c);
    let closes = |c: char| "，。；：、？！）”’》】」』…)],.;:%".contains(c);
    let mut parts = Vec::new();
    let mut start = 0;
    let pairs = word.char_indices().zip(word.char_indices().skip(1));
    for ((_, before), (at, after)) in pairs {
        if (is_wide(before) || is_wide(after)) && !opens(before) && !closes(after) {
            parts.extend(word.get(start..at));
            start = at;
        }
    }
    parts.extend(word.get(start..));
    parts
}

/// The columns of the longest part of a text that must not be broken. Scripts
/// of wide characters are broken anywhere but beside some marks.
pub(super) fn longest_word(text: &str) -> usize {
    let parts = text.split(' ').flat_map(parts_of);
    parts.map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Whether a text has characters of two columns.
pub(super) fn has_wide(text: &str) -> bool {
    text.chars().any(|c| c.width().unwrap_or(0) > 1)
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
    fn a_text_is_cut_between_words_and_by_columns() {
        assert_eq!(cut("Agrolait", 8), "Agrolait");
        assert_eq!(cut("The Jackson Group", 14), "The Jackson…");
        assert_eq!(cut("The Jackson Group", 12), "The Jackson…");
        assert_eq!(cut("The Jackson Group", 10), "The Jacks…");
        assert_eq!(cut("Donaudampfschiff", 8), "Donauda…");
        assert_eq!(cut("上海计算机公司", 8), "上海计…");
        assert_eq!(cut("ab", 1), "…");
    }

    #[test]
    fn lines_are_broken_between_words_by_columns() {
        assert_eq!(in_lines("one two  three", 7), ["one two", "three"]);
        assert_eq!(in_lines("上海 公司 ab", 7), ["上海", "公司 ab"]);
        assert_eq!(in_lines("abcdefgh i", 4), ["abcdefgh", "i"]);
        assert!(in_lines(" ", 4).is_empty());
        // No line begins with a mark that closes, or ends with one that opens.
        assert_eq!(
            in_lines("合同 K1 的工时记录，按此顺序扣减（规则 3.5）；其余“超出”。", 14),
            ["合同 K1 的工时", "记录，按此顺序", "扣减（规则", "3.5）；其余“超", "出”。"]
        );
    }

    #[test]
    fn controls_are_shown_and_letters_left() {
        assert_eq!(visible("Zoë 上海"), "Zoë 上海");
        assert!(matches!(visible("plain"), Cow::Borrowed(_)));
        assert_eq!(visible("\u{1b}[31m\r\n\u{7f}\u{9b}\u{202e}"), "␛[31m␍␊␡\u{fffd}\u{fffd}");
        assert_eq!(visible("\u{61c}\u{2028}\u{2029}\u{80}\u{2066}"), "\u{fffd}".repeat(5));
    }
}
