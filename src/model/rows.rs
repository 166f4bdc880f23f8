//! Records of orders and order lines as they wait to be put together: there may
//! be a million of them, so their texts and numbers stand one after the other in
//! bytes, and how lines are sold is kept once for all that are sold alike.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::order::{InvoiceStatus, OrderState};
use super::records::{LineRecord, LineView, OrderRecord, OrderView, Reference, Selling};
use super::room::make_room;
use crate::diagnostics::Place;

/// Ways of selling that a new line's is compared with.
const RECENT: usize = 16;

/// Where a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowAt(usize);

/// Rows, each with its head, and the bytes of all.
#[derive(Debug)]
struct Rows<H> {
    /// Of each row, with the place where its bytes start.
    heads: Vec<(H, usize)>,
    bytes: Vec<u8>,
}

impl<H> Default for Rows<H> {
    fn default() -> Self {
        Self { heads: Vec::new(), bytes: Vec::new() }
    }
}

impl<H> Rows<H> {
    fn push(&mut self, head: H, write: impl FnOnce(&mut Vec<u8>)) {
        make_room(&mut self.heads, 1);
        self.heads.push((head, self.bytes.len()));
        write(&mut self.bytes);
    }

    fn append(&mut self, other: &mut Self) {
        let before = self.bytes.len();
        make_room(&mut self.bytes, other.bytes.len());
        self.bytes.append(&mut other.bytes);
        make_room(&mut self.heads, other.heads.len());
        self.heads.extend(other.heads.drain(..).map(|(head, start)| (head, before + start)));
    }

    fn all(&self) -> impl Iterator<Item = RowAt> {
        (0..self.heads.len()).map(RowAt)
    }

    fn get(&self, at: RowAt) -> (&H, Reader<'_>) {
        let (head, start) = &self.heads[at.0];
        (head, Reader(&self.bytes[*start..]))
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
    pub fn push(&mut self, line: &LineRecord) {
        let head = LineHead {
            place: line.place.clone(),
            selling: self.shared(&line.selling),
            unreadable: line.unreadable,
            passed_over: line.passed_over,
        };
        self.rows.push(head, |bytes| {
            let references = [
                &line.line,
                &line.order,
                &line.product,
                &line.template,
                &line.unit,
                &line.contract,
                &line.task,
            ];
            for reference in references {
                put_reference(bytes, reference.view());
            }
            put_text(bytes, line.description.as_deref());
            put_text(bytes, line.currency.as_deref());
            let numbers = [
                line.sequence,
                line.ordered,
                line.delivered,
                line.invoiced,
                line.price,
                line.discount,
                line.subtotal,
            ];
            for number in numbers {
                put_number(bytes, number);
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
            product: texts.reference(),
            template: texts.reference(),
            unit: texts.reference(),
            contract: texts.reference(),
            task: texts.reference(),
            description: texts.text(),
            currency: texts.text(),
            sequence: texts.number(),
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

    /// Where a line was read.
    #[must_use]
    pub fn place(&self, at: RowAt) -> &Place {
        &self.rows.get(at).0.place
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
    pub fn push(&mut self, order: &OrderRecord) {
        let head = OrderHead {
            place: order.place.clone(),
            date: order.date,
            state: order.state,
            unreadable_state: order.unreadable_state,
            locked: order.locked,
            invoice_status: order.invoice_status,
            repeats: 0,
        };
        self.0.push(head, |bytes| {
            put_reference(bytes, order.order.view());
            put_text(bytes, order.customer.as_deref());
            put_text(bytes, order.salesperson.as_deref());
            put_reference(bytes, order.contract.view());
            put_text(bytes, order.currency.as_deref());
        });
    }

    /// Adds an order, unless the one before it says the same: an order does on
    /// each of its lines.
    pub fn push_new(&mut self, order: &OrderRecord) {
        let last = self.0.last().map(|at| self.get(at));
        if !last.is_some_and(|last| last.says_the_same(&order.view())) {
            self.push(order);
        } else if let Some(last) = self.0.last_head_mut() {
            last.repeats = last.repeats.saturating_add(1);
        }
    }

    /// How many further rows right below an order say the same.
    #[must_use]
    pub fn repeats(&self, at: RowAt) -> u32 {
        self.0.get(at).0.repeats
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

    /// Where an order was read.
    #[must_use]
    pub fn place(&self, at: RowAt) -> &Place {
        &self.0.get(at).0.place
    }
}

fn put_length(bytes: &mut Vec<u8>, mut length: usize) {
    while length > 0x7f {
        bytes.push(length.to_le_bytes()[0] | 0x80);
        length >>= 7;
    }
    bytes.push(length.to_le_bytes()[0]);
}

/// A text behind its length and one; of none there is a zero.
fn put_text(bytes: &mut Vec<u8>, text: Option<&str>) {
    put_length(bytes, text.map_or(0, |text| text.len() + 1));
    bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
}

/// Which of its parts there are, and these.
fn put_reference(bytes: &mut Vec<u8>, reference: Reference<&str>) {
    let parts = [reference.id, reference.database_id, reference.text, reference.code];
    let set = parts.iter().rev().fold(0, |set, part| set << 1 | u8::from(part.is_some()));
    bytes.push(set);
    parts.into_iter().flatten().for_each(|part| put_text(bytes, Some(part)));
}

/// Set beside the decimals of a number below zero.
const NEGATIVE: u8 = 1 << 7;

/// How many bytes the digits take, and one; decimals and sign; the digits.
fn put_number(bytes: &mut Vec<u8>, number: Option<Decimal>) {
    let Some(number) = number else { return bytes.push(0) };
    let digits = number.mantissa().unsigned_abs().to_le_bytes();
    let length = digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1);
    put_length(bytes, length + 1);
    // At most 28.
    let decimals = u8::try_from(number.scale()).unwrap_or_default();
    bytes.push(decimals | if number.is_sign_negative() { NEGATIVE } else { 0 });
    bytes.extend_from_slice(digits.get(..length).unwrap_or_default());
}

/// Reads what was put into bytes, in the same order.
struct Reader<'r>(&'r [u8]);

impl<'r> Reader<'r> {
    fn take(&mut self, length: usize) -> &'r [u8] {
        let (own, rest) = self.0.split_at_checked(length).unwrap_or((self.0, &[]));
        self.0 = rest;
        own
    }

    fn byte(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or_default()
    }

    fn length(&mut self) -> usize {
        let (mut length, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            length |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift >= usize::BITS {
                return length;
            }
        }
    }

    fn text(&mut self) -> Option<&'r str> {
        let length = self.length().checked_sub(1)?;
        // It was a text when it was put there.
        std::str::from_utf8(self.take(length)).ok()
    }

    fn reference(&mut self) -> Reference<&'r str> {
        let set = self.byte();
        let mut part = |at: u8| if set & 1 << at == 0 { None } else { self.text() };
        Reference { id: part(0), database_id: part(1), text: part(2), code: part(3) }
    }

    fn number(&mut self) -> Option<Decimal> {
        let length = self.length().checked_sub(1)?;
        let decimals = self.byte();
        let mut digits = [0; 16];
        for (digit, byte) in digits.iter_mut().zip(self.take(length)) {
            *digit = *byte;
        }
        let scale = u32::from(decimals & !NEGATIVE);
        let mantissa = i128::from_le_bytes(digits);
        let mut number = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
        number.set_sign_negative(decimals & NEGATIVE != 0);
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_are_read_back_to_the_last_digit() {
        let numbers = ["0", "-0", "0.00", "-1.50", "7", "79228162514264337593543950335", "1e-28"];
        let numbers = numbers.map(|text| {
            Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).unwrap()
        });
        let long = "ü".repeat(5_000);
        let texts = [None, Some(""), Some("x"), Some(long.as_str()), Some(&long[..254])];
        let mut bytes = Vec::new();
        for number in numbers {
            put_number(&mut bytes, Some(number));
            put_number(&mut bytes, None);
        }
        for text in texts {
            put_text(&mut bytes, text);
        }
        let mut reader = Reader(&bytes);
        for number in numbers {
            let read = reader.number().unwrap();
            assert_eq!(read.serialize(), number.serialize(), "{number}");
            assert_eq!(reader.number(), None);
        }
        assert_eq!(texts.map(|_| reader.text()), texts);
        assert!(reader.0.is_empty());
    }

    #[test]
    fn every_mixture_of_ids_and_names_is_read_back() {
        let mut bytes = Vec::new();
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
            put_reference(&mut bytes, *mixture);
        }
        let mut reader = Reader(&bytes);
        for mixture in mixtures {
            assert_eq!(reader.reference(), mixture);
        }
    }
}
