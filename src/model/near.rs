//! Near names: what a person may have meant.

use super::ids::Name;
use super::lookup::Lookup;

/// Names that share fewer than three in four letters are no suggestion.
const NEAR_ENOUGH_PER_MILLE: usize = 750;

/// Names of more letters are compared with none: nobody mistypes a page of
/// text, and the work grows with the product of two lengths.
const LONGEST: usize = 200;

fn is_long(name: &str) -> bool {
    // No letter has more than four bytes.
    name.len() > LONGEST * 4 || name.chars().count() > LONGEST
}

/// How alike two names are, from 0 to 1000: what is left of the longer one
/// after the edits that make them equal.
fn likeness(a: &str, b: &str) -> usize {
    likeness_from(a, b, 0).unwrap_or(0)
}

/// The same, if it is so much or more.
fn likeness_from(a: &str, b: &str, least: usize) -> Option<usize> {
    if is_long(a) || is_long(b) {
        return (least == 0).then_some(0);
    }
    let (letters, others) = (a.chars().count(), b.chars().count());
    let longer = letters.max(others);
    let left_after = |edits: usize| {
        let left = longer.saturating_sub(edits) * 1000;
        left.checked_div(longer).unwrap_or(0)
    };
    // As many letters as one has more must be added.
    if left_after(letters.abs_diff(others)) < least {
        return None;
    }
    Some(left_after(edits(a, b))).filter(|likeness| *likeness >= least)
}

/// The edits after which two names may still be so much alike.
fn most_edits(a: &Name, b: &Name, least: usize) -> usize {
    let longer = a.as_str().chars().count().max(b.as_str().chars().count());
    longer * (1000 - least.min(1000)) / 1000
}

/// The edits that make two texts equal; letters that both begin or end with
/// need none, and are not compared with all others.
fn edits(a: &str, b: &str) -> usize {
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    let start: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (a.get(start..).unwrap_or(a), b.get(start..).unwrap_or(b));
    let same = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b);
    let end: usize = same.map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (a.get(..a.len() - end).unwrap_or(a), b.get(..b.len() - end).unwrap_or(b));
    strsim::osa_distance(a, b)
}

/// The name that a text is a near miss of, if there is one. Long texts have
/// none.
///
/// ```
/// use drawdown::model::nearest;
/// assert_eq!(nearest("hrz", ["days", "hrs"].into_iter()), Some("hrs".into()));
/// assert_eq!(nearest("kilometres", ["days", "hrs"].into_iter()), None);
/// ```
#[must_use]
pub fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    first_nearest(text, names.into_iter())
}

/// The same; of names that are equally near the first.
pub(super) fn first_nearest<'a>(
    text: &str,
    names: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let wanted = Name::new(text);
    // Of short words two letters in three are enough.
    let enough = if wanted.as_str().chars().count() <= 4 { 600 } else { NEAR_ENOUGH_PER_MILLE };
    if is_long(wanted.as_str()) {
        return None;
    }
    names
        .filter(|name| name.len() <= LONGEST * 4)
        .map(|name| (likeness(wanted.as_str(), Name::new(name).as_str()), name))
        .filter(|(score, _)| *score >= enough)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, name)| name.to_owned())
}

/// Many names, searched for near ones without comparing each: only names that
/// share groups of three letters with the text are looked at.
#[derive(Debug, Default)]
pub struct NearNames {
    names: Vec<(String, Name)>,
    trigrams: Lookup<[char; 3], Vec<u32>>,
}

/// A group of letters that this many names share tells none of them apart.
const COMMON_TRIGRAM: usize = 2_000;
/// How many names are compared letter by letter.
const COMPARED: usize = 24;

impl NearNames {
    /// All of these.
    pub fn of<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let mut near = Self::default();
        names.into_iter().for_each(|name| near.insert(name.as_ref()));
        near
    }

    /// Takes a name in.
    pub fn insert(&mut self, text: &str) {
        let name = Name::new(text);
        if name.is_blank() || is_long(name.as_str()) {
            return;
        }
        let Ok(index) = u32::try_from(self.names.len()) else { return };
        for trigram in trigrams(name.as_str()) {
            let list = self.trigrams.entry(trigram, Vec::new);
            if list.last() != Some(&index) && list.len() <= COMMON_TRIGRAM {
                list.push(index);
            }
        }
        self.names.push((text.to_owned(), name));
    }

    /// The nearest name, if one is near enough.
    #[must_use]
    pub fn nearest(&self, text: &str) -> Option<&str> {
        let wanted = Name::new(text);
        if is_long(wanted.as_str()) {
            return None;
        }
        let mut shared = vec![0_u16; self.names.len()];
        let mut ranked: Vec<(u16, u32)> = Vec::new();
        let mut rare: usize = 0;
        for trigram in trigrams(wanted.as_str()) {
            let list = self.trigrams.get(&trigram).map_or(&[][..], Vec::as_slice);
            if list.len() <= COMMON_TRIGRAM {
                rare += 1;
                for index in list {
                    let count = &mut shared[*index as usize];
                    if *count == 0 {
                        ranked.push((0, *index));
                    }
                    *count = count.saturating_add(1);
                }
            }
        }
        for (count, index) in &mut ranked {
            *count = shared[*index as usize];
        }
        let by_rank = |a: &(u16, u32), b: &(u16, u32)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
        if ranked.len() > COMPARED {
            ranked.select_nth_unstable_by(COMPARED, by_rank);
            ranked.truncate(COMPARED);
        }
        ranked.sort_unstable_by(by_rank);
        // What is less like it than another one is not looked at to its end.
        let mut best: Option<(usize, &str)> = None;
        for (count, index) in ranked {
            let (text, name) = &self.names[index as usize];
            let least = best.map_or(NEAR_ENOUGH_PER_MILLE, |(likeness, _)| likeness);
            // An edit takes no more than four groups from those that are shared.
            if most_edits(&wanted, name, least) * 4 + usize::from(count) < rare {
                continue;
            }
            let Some(own) = likeness_from(wanted.as_str(), name.as_str(), least) else { continue };
            let is_nearer = best.is_none_or(|(likeness, first)| {
                own > likeness || (own == likeness && text.as_str() < first)
            });
            if is_nearer {
                best = Some((own, text));
            }
        }
        best.map(|(_, text)| text)
    }
}

fn trigrams(text: &str) -> impl Iterator<Item = [char; 3]> + '_ {
    let mut padded = vec![' '];
    padded.extend(text.chars());
    padded.push(' ');
    let count = padded.len().saturating_sub(2);
    (0..count).map(move |at| [padded[at], padded[at + 1], padded[at + 2]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_order_behind_a_typing_error() {
        let mut names = NearNames::default();
        for name in ["SO009 - Agrolait", "SO010 - Azure Interior", "SO011 - Ødegård AS"] {
            names.insert(name);
        }
        assert_eq!(names.nearest("SO009 - Agrolite"), Some("SO009 - Agrolait"));
        assert_eq!(names.nearest("so011 - odegard as"), Some("SO011 - Ødegård AS"));
        assert_eq!(names.nearest("Internal"), None);
    }

    #[test]
    fn letters_that_two_texts_share_at_their_ends_change_no_edit() {
        let texts = || {
            let of_length = |length: u32| {
                (0..3_u32.pow(length)).map(move |number| {
                    let letter = |at: u32| ['a', 'b', 'ä'][(number / 3_u32.pow(at) % 3) as usize];
                    (0..length).map(letter).collect::<String>()
                })
            };
            (0..=4).flat_map(of_length)
        };
        for a in texts() {
            for b in texts() {
                assert_eq!(edits(&a, &b), strsim::osa_distance(&a, &b), "{a} {b}");
            }
        }
    }

    #[test]
    fn long_names_are_compared_with_none() {
        let (near, far) = ("a".repeat(LONGEST), "a".repeat(LONGEST + 1));
        let names = |name: &str| {
            let mut names = NearNames::default();
            names.insert(name);
            names
        };
        let almost = format!("{}b", &near[1..]);
        assert_eq!(names(&near).nearest(&almost), Some(near.as_str()));
        assert_eq!(nearest(&almost, [near.as_str()].into_iter()), Some(near.clone()));
        assert_eq!(names(&far).nearest(&near), None);
        assert_eq!(names(&near).nearest(&far), None);
        assert_eq!(nearest(&near, [far.as_str()].into_iter()), None);
        assert_eq!(nearest(&far, [near.as_str()].into_iter()), None);
    }
}
