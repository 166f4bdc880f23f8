//! Products: found by external id, code, `[code] name`, then name (RULES.md,
//! "Keys"), and how each is sold (chapters 2 and 3).

use crate::diagnostics::Place;
use crate::model::{
    DeliveredMethod, InvoicingPolicy, Lookup, Name, ProductRecord, Reference, Selling,
    ServiceTracking, Text, Tracking, split_code,
};

use super::merge::{Conflicts, Merged, merge_field};
use super::rules::{OnConflict, ProductRule};

/// The products of a run.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    products: Vec<Product>,
    ids: Lookup<String, usize>,
    database_ids: Lookup<String, usize>,
    codes: Lookup<Name, usize>,
    names: Lookup<Name, Vec<usize>>,
    /// The products of lines, as long as nothing new is known of any.
    of_lines: Lookup<(Reference, Reference), usize>,
}

/// How a line points to its product.
#[derive(Hash)]
struct Pointer<'a>(Reference<&'a str>, Reference<&'a str>);

impl PartialEq<(Reference, Reference)> for Pointer<'_> {
    fn eq(&self, (product, template): &(Reference, Reference)) -> bool {
        self.0 == product.view() && self.1 == template.view()
    }
}

#[derive(Debug)]
struct Product {
    reference: Reference,
    /// What tells it from others of its name: the code that whoever brought it in gave
    /// by itself, and the one before its name.
    codes: [Option<Name>; 2],
    /// A file or the configuration names it, not lines alone.
    described: bool,
    /// Its unit, of the row that has the hours of a piece if there is one.
    unit: Option<(Reference, Place)>,
    /// From files.
    selling: Selling,
    /// From the configuration, which counts where no file says it.
    configured: Selling,
    record: Option<ProductRecord>,
    /// Whether a line sells it.
    sold: bool,
    /// What makes it and others one pool.
    pool: Option<Text>,
}

impl Catalogue {
    /// Takes a product file's row in. It is a conflict when the product is already
    /// known to be sold otherwise.
    pub(super) fn add(
        &mut self,
        record: ProductRecord,
        choice: OnConflict,
        conflicts: &mut Conflicts,
    ) {
        let found = self.find_record(&record);
        let index = match found {
            Some(index) => {
                let product = &mut self.products[index];
                let label = record.product.label().unwrap_or_default();
                if let Some(first) = &product.record {
                    let places = (&first.place, &record.place);
                    let (known, other) = (&mut product.selling, &record.selling);
                    merge_selling((known, other), choice, (label, places), conflicts);
                }
                for (own, other) in product.codes.iter_mut().zip(codes_of(record.product.view())) {
                    *own = own.take().or(other);
                }
                product.reference.fill_from(record.product.clone());
                index
            }
            None => self.push(record.product.clone(), record.selling.clone()),
        };
        for id in &record.variants {
            self.ids.insert_new(id.as_str(), index);
        }
        self.register(index, record.product.view());
        let product = &mut self.products[index];
        product.described = true;
        if !record.unit.is_blank()
            && (product.unit.is_none() || record.selling.hours_per_unit.is_some())
        {
            product.unit = Some((record.unit.clone(), record.place.clone()));
        }
        if product.record.is_none() {
            product.record = Some(record);
        }
    }

    /// What the configuration says of a product: of one that a file or a line
    /// brings, or of one that nothing has named yet.
    pub(super) fn configure(&mut self, rule: &ProductRule) {
        let reference = Reference { text: Some(rule.product.clone()), ..Reference::default() };
        let by_id = self.ids.get(rule.product.trim()).copied();
        let found = by_id.map_or_else(|| self.matching_text(&rule.product), |index| vec![index]);
        let targets = if found.is_empty() {
            let index = self.push(reference.clone(), Selling::default());
            self.register(index, reference.view());
            // Nobody knows yet whether it is a name.
            self.codes.insert_new(&Name::new(&rule.product), index);
            self.ids.insert_new(rule.product.trim(), index);
            vec![index]
        } else {
            found
        };
        for index in targets {
            let product = &mut self.products[index];
            product.configured = rule.selling.clone();
            product.described = true;
        }
    }

    fn push(&mut self, reference: Reference, selling: Selling) -> usize {
        self.products.push(Product {
            codes: codes_of(reference.view()),
            described: false,
            unit: None,
            reference,
            selling,
            configured: Selling::default(),
            record: None,
            sold: false,
            pool: None,
        });
        self.of_lines.clear();
        self.products.len() - 1
    }

    fn register(&mut self, index: usize, reference: Reference<&str>) {
        let mut is_new = false;
        if let Some(id) = reference.id {
            is_new |= self.ids.insert_new(id, index);
        }
        if let Some(id) = reference.database_id {
            is_new |= self.database_ids.insert_new(id, index);
        }
        if let Some(code) = reference.code {
            is_new |= self.codes.insert_new(&Name::new(code), index);
        }
        if let Some(text) = reference.text {
            let mut texts = vec![text];
            if let Some((code, name)) = split_code(text) {
                is_new |= self.codes.insert_new(&Name::new(code), index);
                texts.push(name);
            }
            for text in texts {
                let indices = self.names.entry(Name::new(text), Vec::new);
                if !indices.contains(&index) {
                    indices.push(index);
                    is_new = true;
                }
            }
        }
        if is_new {
            self.of_lines.clear();
        }
    }

    /// A file's row is the same product by id or code; by name only where the
    /// other has no id to tell them apart.
    fn find_record(&self, record: &ProductRecord) -> Option<usize> {
        let mut ids = record.product.id.iter().chain(&record.variants);
        if let Some(index) = ids.find_map(|id| self.ids.get(id)) {
            return Some(*index);
        }
        if let Some(index) =
            record.product.database_id.as_ref().and_then(|id| self.database_ids.get(id))
        {
            return Some(*index);
        }
        if let Some(index) =
            record.product.code.as_ref().and_then(|code| self.codes.get(&Name::new(code)))
        {
            return Some(*index);
        }
        let indices = self.matching_text(record.product.text.as_deref()?);
        indices.into_iter().find(|index| {
            let known = &self.products[*index].reference;
            let differ = |a: &Option<String>, b: &Option<String>| {
                a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a != b)
            };
            !differ(&known.id, &record.product.id)
                && !differ(&known.database_id, &record.product.database_id)
                && !differ(&known.code, &record.product.code)
        })
    }

    /// Whether a line's product is known by more than a name: such lines come first, so
    /// that what a name alone means does not hang on the order of lines.
    pub(super) fn is_told_by_code(product: Reference<&str>) -> bool {
        product.code.is_some() || product.text.is_some_and(|text| split_code(text).is_some())
    }

    /// The product of an order line; a new one where nothing describes it.
    pub(super) fn of_line(&mut self, product: Reference<&str>, template: Reference<&str>) -> usize {
        if let Some(index) = self.of_lines.get(&Pointer(product, template)) {
            return *index;
        }
        let found = self.find(product, template);
        let index = found.unwrap_or_else(|| self.push(product.to_owned(), Selling::default()));
        self.products[index].sold = true;
        self.products[index].reference.fill_from(product.to_owned());
        self.register(index, product);
        if found.is_some() {
            self.of_lines.entry((product.to_owned(), template.to_owned()), || index);
        }
        index
    }

    /// The rules whose product no line sells: misspelt, perhaps.
    pub(super) fn unused(&self, rules: &[ProductRule]) -> Vec<String> {
        let sold = |rule: &&ProductRule| {
            let by_id = self.ids.get(rule.product.trim()).copied();
            let found =
                by_id.map_or_else(|| self.matching_text(&rule.product), |index| vec![index]);
            found.into_iter().any(|index| self.products[index].sold)
        };
        let mut unused: Vec<String> =
            rules.iter().filter(|rule| !sold(rule)).map(|rule| rule.product.clone()).collect();
        unused.sort();
        unused
    }

    fn find(&self, product: Reference<&str>, template: Reference<&str>) -> Option<usize> {
        let by_id = [product.id, template.id].into_iter().flatten().find_map(|id| self.ids.get(id));
        if let Some(index) = by_id {
            return Some(*index);
        }
        let database_ids = [product.database_id, template.database_id];
        if let Some(index) =
            database_ids.into_iter().flatten().find_map(|id| self.database_ids.get(id))
        {
            return Some(*index);
        }
        if let Some(index) = product.code.and_then(|code| self.codes.get(&Name::new(code))) {
            return Some(*index);
        }
        // An id of another kind (variant here, template there) is no reason
        // not to believe a code or a name.
        let fitting = self.matching_text(product.text?);
        let is_described = |index: &usize| self.products[*index].described;
        let described: Vec<usize> = fitting.iter().copied().filter(is_described).collect();
        match (described.as_slice(), fitting.as_slice()) {
            // Lines alone: one that has no code is none of several that have one.
            ([], [one]) | ([one], _) => Some(*one),
            ([], _) => None,
            // One name for several products: only harmless where it does not matter.
            ([first, rest @ ..], _) => {
                let sold = |index: usize| {
                    let product = &self.products[index];
                    (&product.selling, &product.configured)
                };
                rest.iter().all(|other| sold(*other) == sold(*first)).then_some(*first)
            }
        }
    }

    /// The products that a text means: by its code, else by its name. One that is
    /// known by another code is another product, whatever its name.
    fn matching_text(&self, text: &str) -> Vec<usize> {
        let whole = Name::new(text);
        if let Some(index) = self.codes.get(&whole) {
            return vec![*index];
        }
        let Some((code, name)) = split_code(text) else { return self.named(&whole) };
        let code = Name::new(code);
        if let Some(index) = self.codes.get(&code) {
            return vec![*index];
        }
        if self.names.get(&whole).is_some() {
            return self.named(&whole);
        }
        let bare = Name::new(name);
        let mut named = self.named(&bare);
        named.retain(|index| !self.has_another_code(*index, &code, &bare));
        named
    }

    /// Of products that have a name, by itself or behind a code, those whose own text
    /// it is, if there are any.
    fn named(&self, name: &Name) -> Vec<usize> {
        let Some(indices) = self.names.get(name) else { return Vec::new() };
        let own = |index: &&usize| self.is_text_of(**index, name);
        let exact: Vec<usize> = indices.iter().filter(own).copied().collect();
        if exact.is_empty() { indices.clone() } else { exact }
    }

    fn is_text_of(&self, index: usize, name: &Name) -> bool {
        let text = self.products[index].reference.text.as_deref();
        text.is_some_and(|text| Name::new(text) == *name)
    }

    /// Whether a product of a name is known by another code. What only looks like a
    /// code is a part of a name that is there as a whole.
    fn has_another_code(&self, index: usize, code: &Name, name: &Name) -> bool {
        let [own, before_name] = &self.products[index].codes;
        let before_name = before_name.as_ref().filter(|_| !self.is_text_of(index, name));
        own.as_ref().or(before_name).is_some_and(|own| own != code)
    }

    /// The unit of a product, as a file names it, and where.
    pub(super) fn unit(&self, index: usize) -> Option<&(Reference, Place)> {
        self.products[index].unit.as_ref()
    }

    /// How a product is sold: by its file, and where that is silent by the
    /// configuration.
    pub(super) fn selling(&self, index: usize) -> (&Selling, &Selling) {
        let product = &self.products[index];
        (&product.selling, &product.configured)
    }

    /// What makes two lines' products one pool (rule 3.5).
    pub(super) fn pool(&mut self, index: usize) -> Text {
        let product = &mut self.products[index];
        if let Some(known) = &product.pool {
            return known.clone();
        }
        let pool = match product.selling.pool.as_ref().or(product.configured.pool.as_ref()) {
            Some(pool) => format!("pool {}", Name::new(pool).as_str()),
            None => format!("product {index}"),
        };
        let pool = Text::from(pool.as_str());
        product.pool.insert(pool).clone()
    }
}

/// The codes of a product: by itself, and before its name.
fn codes_of(reference: Reference<&str>) -> [Option<Name>; 2] {
    let before_name = reference.text.and_then(split_code).map(|(code, _)| code);
    [reference.code, before_name].map(|code| code.map(Name::new))
}

fn merge_selling(
    (known, other): (&mut Selling, &Selling),
    choice: OnConflict,
    (product, places): (&str, (&Place, &Place)),
    conflicts: &mut Conflicts,
) {
    let mut take = |merged: Merged, column: &'static str| {
        conflicts.take(merged, || format!("product \"{product}\""), column, places);
    };
    macro_rules! merge {
        ($($field:ident),+) => {
            $(take(
                merge_field(&mut known.$field, other.$field.clone(), choice),
                stringify!($field),
            );)+
        };
    }
    merge!(
        tracking,
        policy,
        invoice_policy,
        method,
        policy_method,
        service_tracking,
        kind,
        threshold,
        hours_per_unit,
        pool,
        upsell
    );
}

/// The tracking that one source says (rule 3.7).
pub(super) fn tracking(selling: &Selling) -> Option<Tracking> {
    let by_method = |method| match method {
        DeliveredMethod::Timesheet => Tracking::Task,
        DeliveredMethod::Recorded => Tracking::Manual,
    };
    selling
        .tracking
        .or(selling.method.map(by_method))
        .or(selling.service_tracking.map(|service| match service {
            ServiceTracking::Contract => Tracking::Contract,
            ServiceTracking::Task | ServiceTracking::Timesheet => Tracking::Task,
            ServiceTracking::Manual => Tracking::Manual,
        }))
        .or(selling.policy_method.map(by_method))
}

/// The invoicing policy that one source says (rule 3.7).
pub(super) fn policy(selling: &Selling) -> Option<InvoicingPolicy> {
    selling.policy.or(selling.invoice_policy)
}
