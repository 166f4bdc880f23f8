//! Records of orders and order lines as they wait to be put together: there may
//! be a million of them, so their texts and numbers stand one after the other in
//! one long text, and how lines are sold is kept once for all that are sold alike.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::order::{InvoiceStatus, OrderState};
use super::records::{LineView, OrderView, Reference, Selling};
use super::room::{make_room, make_room_for_text};
use crate::diagnostics::Place;

/// Ways of selling that a new line's is compared with.
const RECENT: usize = 16;

/// Where a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowAt(usize);

/// Rows, each with its head, and what all of them say. Lengths and numbers stand
/// between the texts as letters of ASCII, so that all of it is one text, and a part
/// of it needs no look at its every byte to be one.
#[derive(Debug)]
struct Rows<H> {
    /// Of each row, with the place where what it says starts.
    heads: Vec<(H, usize)>,
    said: String,
}

impl<H> Default for Rows<H> {
    fn default() -> Self {
        Self { heads: Vec::new(), said: String::new() }
    }
}

impl<H> Rows<H> {
    fn push(&mut self, head: H, write: impl FnOnce(&mut String)) {
        make_room(&mut self.heads, 1);
        self.heads.push((head, self.said.len()));
        write(&mut self.said);
    }

    fn append(&mut self, other: &mut Self) {
        if self.heads.is_empty() {
            std::mem::swap(self, other);
            return;
        }
        let before = self.said.len();
        make_room_for_text(&mut self.said, other.said.len());
        self.said.push_str(&std::mem::take(&mut other.said));
        make_room(&mut self.heads, other.heads.len());
        self.heads.extend(other.heads.drain(..).map(|(head, start)| (head, before + start)));
    }

    fn all(&self) -> impl Iterator<Item = RowAt> {
        (0..self.heads.len()).map(RowAt)
    }

    fn get(&self, at: RowAt) -> (&H, Reader<'_>) {
        let (head, start) = &self.heads[at.0];
        (head, Reader { said: &self.said, at: *start })
    }

    fn head(&self, at: RowAt) -> &H {
        &self.heads[at.0].0
    }

    fn last_head_mut(&mut self) -> Option<&mut H> {
        self.heads.last_mut().map(|(head, _)| head)
    }

    fn last(&self) -> Option<RowAt> {
        self.heads.len().checked_sub(1).map(RowAt)
    }
}

/// Order lines that were read.
#[derive(Debug, Default)]
pub struct LineRows {
    rows: Rows<LineHead>,
    recent: Vec<Arc<Selling>>,
}

#[derive(Debug)]
struct LineHead {
    place: Place,
    selling: Arc<Selling>,
    unreadable: bool,
    passed_over: bool,
}

impl LineRows {
    /// Adds a line.
    pub fn push(&mut self, line: &LineView<'_>) {
        let head = LineHead {
            place: line.place.clone(),
            selling: self.shared(line.selling),
            unreadable: line.unreadable,
            passed_over: line.passed_over,
        };
        self.rows.push(head, |said| {
            put_reference(said, line.line);
            put_reference(said, line.order);
            put_number(said, line.sequence);
            let references = [line.product, line.template, line.unit, line.contract, line.task];
            for reference in references {
                put_reference(said, reference);
            }
            put_text(said, line.description);
            put_text(said, line.currency);
            let numbers = [
                line.ordered,
                line.delivered,
                line.invoiced,
                line.price,
                line.discount,
                line.subtotal,
            ];
            for number in numbers {
                put_number(said, number);
            }
        });
    }

    fn shared(&mut self, selling: &Selling) -> Arc<Selling> {
        if let Some(known) = self.recent.iter().find(|known| ***known == *selling) {
            return Arc::clone(known);
        }
        if self.recent.len() >= RECENT {
            self.recent.clear();
        }
        let new = Arc::new(selling.clone());
        self.recent.push(Arc::clone(&new));
        new
    }

    /// Adds further ones.
    pub fn append(&mut self, other: &mut Self) {
        self.rows.append(&mut other.rows);
    }

    /// Where each of them is, in their order.
    pub fn all(&self) -> impl Iterator<Item = RowAt> {
        self.rows.all()
    }

    /// A line.
    #[must_use]
    pub fn get(&self, at: RowAt) -> LineView<'_> {
        let (head, mut texts) = self.rows.get(at);
        LineView {
            place: &head.place,
            line: texts.reference(),
            order: texts.reference(),
            sequence: texts.number(),
            product: texts.reference(),
            template: texts.reference(),
            unit: texts.reference(),
            contract: texts.reference(),
            task: texts.reference(),
            description: texts.text(),
            currency: texts.text(),
            ordered: texts.number(),
            delivered: texts.number(),
            invoiced: texts.number(),
            price: texts.number(),
            discount: texts.number(),
            subtotal: texts.number(),
            selling: &head.selling,
            unreadable: head.unreadable,
            passed_over: head.passed_over,
        }
    }

    /// A line's own ids, its order, and its place in it.
    #[must_use]
    pub fn rank(&self, at: RowAt) -> (Reference<&str>, Reference<&str>, Option<Decimal>) {
        let (_, mut texts) = self.rows.get(at);
        (texts.reference(), texts.reference(), texts.number())
    }

    /// A line's product, and its template.
    #[must_use]
    pub fn product(&self, at: RowAt) -> (Reference<&str>, Reference<&str>) {
        let (_, mut texts) = self.rows.get(at);
        // Behind the line's ids, its order, and its place in it.
        texts.reference();
        texts.reference();
        texts.number();
        (texts.reference(), texts.reference())
    }

    /// Where a line was read.
    #[must_use]
    pub fn place(&self, at: RowAt) -> &Place {
        &self.rows.head(at).place
    }

    /// Whether a line is a section, note or down payment.
    #[must_use]
    pub fn is_passed_over(&self, at: RowAt) -> bool {
        self.rows.head(at).passed_over
    }
}

/// Orders that were read.
#[derive(Debug, Default)]
pub struct OrderRows(Rows<OrderHead>);

#[derive(Debug)]
struct OrderHead {
    place: Place,
    date: Option<NaiveDate>,
    state: Option<OrderState>,
    unreadable_state: bool,
    locked: Option<bool>,
    invoice_status: Option<InvoiceStatus>,
    /// How many further rows right below it say the same.
    repeats: u32,
}

impl OrderRows {
    /// Adds an order.
    pub fn push(&mut self, order: &OrderView<'_>) {
        let head = OrderHead {
            place: order.place.clone(),
            date: order.date,
            state: order.state,
            unreadable_state: order.unreadable_state,
            locked: order.locked,
            invoice_status: order.invoice_status,
            repeats: 0,
        };
        self.0.push(head, |said| {
            put_reference(said, order.order);
            put_text(said, order.customer);
            put_text(said, order.salesperson);
            put_reference(said, order.contract);
            put_text(said, order.currency);
        });
    }

    /// Adds an order, unless the one before it says the same: an order does on
    /// each of its lines.
    pub fn push_new(&mut self, order: &OrderView<'_>) {
        let last = self.0.last().map(|at| self.get(at));
        if !last.is_some_and(|last| last.says_the_same(order)) {
            self.push(order);
        } else if let Some(last) = self.0.last_head_mut() {
            last.repeats = last.repeats.saturating_add(1);
        }
    }

    /// How many further rows right below an order say the same.
    #[must_use]
    pub fn repeats(&self, at: RowAt) -> u32 {
        self.0.head(at).repeats
    }

    /// Adds further ones.
    pub fn append(&mut self, other: &mut Self) {
        self.0.append(&mut other.0);
    }

    /// Where each of them is, in their order.
    pub fn all(&self) -> impl Iterator<Item = RowAt> {
        self.0.all()
    }

    /// An order.
    #[must_use]
    pub fn get(&self, at: RowAt) -> OrderView<'_> {
        let (head, mut texts) = self.0.get(at);
        OrderView {
            place: &head.place,
            order: texts.reference(),
            customer: texts.text(),
            salesperson: texts.text(),
            contract: texts.reference(),
            currency: texts.text(),
            date: head.date,
            state: head.state,
            unreadable_state: head.unreadable_state,
            locked: head.locked,
            invoice_status: head.invoice_status,
        }
    }

    /// An order's ids and name.
    #[must_use]
    pub fn order(&self, at: RowAt) -> Reference<&str> {
        self.0.get(at).1.reference()
    }

    /// Where an order was read.
    #[must_use]
    pub fn place(&self, at: RowAt) -> &Place {
        &self.0.head(at).place
    }

    /// An order's state, and the flag `locked`.
    #[must_use]
    pub fn state(&self, at: RowAt) -> (Option<OrderState>, Option<bool>) {
        let head = self.0.head(at);
        (head.state, head.locked)
    }
}

/// Bits of a number that a letter of ASCII holds beside [`MORE`].
const BITS: u32 = 6;
/// Set where further bits follow.
const MORE: u8 = 1 << BITS;

/// A letter of ASCII, of which the lowest seven bits count.
#[inline]
fn letter(bits: u8) -> char {
    char::from(bits & 0x7f)
}

#[inline]
fn put_length(said: &mut String, length: usize) {
    put_whole(said, length as u64);
}

/// A whole number, the lowest of its bits first.
#[inline]
fn put_whole(said: &mut String, mut number: u64) {
    while number >= u64::from(MORE) {
        said.push(letter(number.to_le_bytes()[0] | MORE));
        number >>= BITS;
    }
    said.push(letter(number.to_le_bytes()[0]));
}

/// A text behind its length and one; of none there is a zero.
#[inline]
fn put_text(said: &mut String, text: Option<&str>) {
    put_length(said, text.map_or(0, |text| text.len() + 1));
    said.push_str(text.unwrap_or_default());
}

/// Which of its parts there are, and these.
fn put_reference(said: &mut String, reference: Reference<&str>) {
    let parts = [reference.id, reference.database_id, reference.text, reference.code];
    let set = parts.iter().rev().fold(0, |set, part| set << 1 | u8::from(part.is_some()));
    said.push(letter(set));
    parts.into_iter().flatten().for_each(|part| put_text(said, Some(part)));
}

/// Set beside the decimals and one of a number below zero.
const NEGATIVE: u8 = 1 << 5;
/// Set there where the digits take two whole numbers.
const LONG: u8 = 1 << 6;

/// Decimals and one, with the sign; the digits. Of no number there is a zero.
fn put_number(said: &mut String, number: Option<Decimal>) {
    let Some(number) = number else { return said.push(letter(0)) };
    // At most 28.
    let decimals = u8::try_from(number.scale()).unwrap_or_default() + 1;
    let sign = if number.is_sign_negative() { NEGATIVE } else { 0 };
    let digits = number.mantissa().unsigned_abs();
    if let Ok(digits) = u64::try_from(digits) {
        said.push(letter(decimals | sign));
        put_whole(said, digits);
    } else {
        #[expect(clippy::cast_possible_truncation, reason = "the halves of it")]
        let (lower, upper) = (digits as u64, (digits >> 64) as u64);
        said.push(letter(decimals | sign | LONG));
        put_whole(said, lower);
        put_whole(said, upper);
    }
}

/// Reads what was put there, in the same order.
struct Reader<'r> {
    said: &'r str,
    at: usize,
}

impl<'r> Reader<'r> {
    #[inline]
    fn byte(&mut self) -> u8 {
        let byte = self.said.as_bytes().get(self.at).copied().unwrap_or_default();
        self.at += 1;
        byte
    }

    #[inline]
    fn length(&mut self) -> usize {
        usize::try_from(self.whole()).unwrap_or_default()
    }

    #[inline]
    fn whole(&mut self) -> u64 {
        let first = self.byte();
        if first & MORE == 0 {
            return u64::from(first);
        }
        let (mut number, mut shift) = (u64::from(first & !MORE), BITS);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & !MORE) << shift;
            shift += BITS;
            if byte & MORE == 0 || shift >= u64::BITS {
                return number;
            }
        }
    }

    #[inline]
    fn text(&mut self) -> Option<&'r str> {
        let length = self.length().checked_sub(1)?;
        let text = self.said.get(self.at..self.at + length);
        self.at += length;
        text
    }

    #[inline]
    fn reference(&mut self) -> Reference<&'r str> {
        let set = self.byte();
        if set == 0 {
            return Reference::default();
        }
        let mut part = |at: u8| if set & 1 << at == 0 { None } else { self.text() };
        Reference { id: part(0), database_id: part(1), text: part(2), code: part(3) }
    }

    #[inline]
    fn number(&mut self) -> Option<Decimal> {
        let first = self.byte();
        let decimals = u32::from(first & !(NEGATIVE | LONG)).checked_sub(1)?;
        let lower = self.whole();
        let upper = if first & LONG == 0 { 0 } else { self.whole() };
        #[expect(clippy::cast_possible_truncation, reason = "its parts; it has 96 bits")]
        let [low, middle, high] = [lower as u32, (lower >> 32) as u32, upper as u32];
        Some(Decimal::from_parts(low, middle, high, first & NEGATIVE != 0, decimals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_read_back_to_the_last_digit() {
        let numbers = [
            "0",
            "-0",
            "0.00",
            "-1.50",
            "7",
            "79228162514264337593543950335",
            "1e-28",
            "18446744073709551616",
            "-0.18446744073709551615",
        ];
        let numbers = numbers.map(|text| {
            Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).unwrap()
        });
        let long = "ü".repeat(5_000);
        let texts = [None, Some(""), Some("x"), Some(long.as_str()), Some(&long[..254])];
        let mut said = String::new();
        for number in numbers {
            put_number(&mut said, Some(number));
            put_number(&mut said, None);
        }
        for text in texts {
            put_text(&mut said, text);
        }
        let mut reader = Reader { said: &said, at: 0 };
        for number in numbers {
            let read = reader.number().unwrap();
            assert_eq!(read.serialize(), number.serialize(), "{number}");
            assert_eq!(reader.number(), None);
        }
        assert_eq!(texts.map(|_| reader.text()), texts);
        assert_eq!(reader.at, said.len());
    }

    #[test]
    fn every_mixture_of_ids_and_names_is_read_back() {
        let mut said = String::new();
        let mixtures: Vec<Reference<&str>> = (0..16)
            .map(|set| {
                let part = |at: u8, text| (set & 1 << at != 0).then_some(text);
                Reference {
                    id: part(0, "id"),
                    database_id: part(1, "7"),
                    text: part(2, ""),
                    code: part(3, "SP-10"),
                }
            })
            .collect();
        for mixture in &mixtures {
            put_reference(&mut said, *mixture);
        }
        let mut reader = Reader { said: &said, at: 0 };
        for mixture in mixtures {
            assert_eq!(reader.reference(), mixture);
        }
    }
}
