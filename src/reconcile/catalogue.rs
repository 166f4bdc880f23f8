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
    /// What tells it from others of its name: the code that whoever brought it in gave.
    code: Option<Name>,
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
                product.code = product.code.take().or_else(|| code_of(record.product.view()));
                product.reference.fill_from(record.product.clone());
                index
            }
            None => self.push(record.product.clone(), record.selling.clone()),
        };
        for id in &record.variants {
            self.ids.insert_new(id.as_str(), index);
        }
        self.register(index, record.product.view());
        if self.products[index].record.is_none() {
            self.products[index].record = Some(record);
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
            self.products[index].configured = rule.selling.clone();
        }
    }

    fn push(&mut self, reference: Reference, selling: Selling) -> usize {
        self.products.push(Product {
            code: code_of(reference.view()),
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
        match fitting.as_slice() {
            [] => None,
            [one] => Some(*one),
            // One name for several products: only harmless where it does not matter.
            [first, rest @ ..] => rest
                .iter()
                .all(|other| self.products[*other].selling == self.products[*first].selling)
                .then_some(*first),
        }
    }

    /// The products that a text means: by its code, else by its name. One that is
    /// known by another code is another product, whatever its name.
    fn matching_text(&self, text: &str) -> Vec<usize> {
        if let Some(index) = self.codes.get(&Name::new(text)) {
            return vec![*index];
        }
        let Some((code, name)) = split_code(text) else {
            return self.names.get(&Name::new(text)).cloned().unwrap_or_default();
        };
        let code = Name::new(code);
        if let Some(index) = self.codes.get(&code) {
            return vec![*index];
        }
        let named = self.names.get(&Name::new(text)).or_else(|| self.names.get(&Name::new(name)));
        let is_it =
            |index: &&usize| self.products[**index].code.as_ref().is_none_or(|own| *own == code);
        named.into_iter().flatten().filter(is_it).copied().collect()
    }

    /// The unit of a product, as a file names it.
    pub(super) fn unit(&self, index: usize) -> Option<&Reference> {
        self.products[index].record.as_ref().map(|record| &record.unit)
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

/// The code of a product, by itself or before its name.
fn code_of(reference: Reference<&str>) -> Option<Name> {
    let before_name = || Some(split_code(reference.text?)?.0);
    reference.code.or_else(before_name).map(Name::new)
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
