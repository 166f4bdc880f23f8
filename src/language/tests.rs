use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::BTreeSet;

use super::*;

#[test]
fn numbers_and_days_are_written_in_the_readers_way() {
    let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    for (language, number, share, date) in [
        (Language::English, "-1,234,567.50", "115.25%", "2026-03-01"),
        (Language::Chinese, "-1,234,567.50", "115.25%", "2026年3月1日"),
        (Language::French, "-1\u{202f}234\u{202f}567,50", "115,25\u{a0}%", "01/03/2026"),
        (Language::German, "-1.234.567,50", "115,25\u{a0}%", "01.03.2026"),
        (Language::Spanish, "-1.234.567,50", "115,25\u{a0}%", "01/03/2026"),
    ] {
        assert_eq!(language.number("-1234567.50"), number);
        assert_eq!(language.percent("1.1525"), share);
        assert_eq!(language.date(day), date);
    }
    let english = Language::English;
    for (printed, shown) in [
        ("999", "999"),
        ("1000", "1,000"),
        ("0.5", "0.5"),
        ("-999.25", "-999.25"),
        // Longer than any float.
        ("12345678901234567890123.5", "12,345,678,901,234,567,890,123.5"),
        ("1e5", "1e5"),
        ("inf", "inf"),
        ("", ""),
        ("1.", "1."),
    ] {
        assert_eq!(english.number(printed), shown);
    }
    for (share, shown) in
        [("0.9", "90%"), ("0", "0%"), ("-0.0125", "-1.25%"), ("1.0000", "100%"), ("12", "1,200%")]
    {
        assert_eq!(english.percent(share), shown);
    }
}

#[test]
fn a_count_chooses_its_form_and_is_grouped() {
    let said =
        |language, count: u64| Words::new(language).with(Key::Upsells, &[("quotas", count.into())]);
    assert_eq!(said(Language::English, 1), "Upsell: 1 quota has reached its threshold");
    assert_eq!(said(Language::English, 2), "Upsell: 2 quotas have reached their threshold");
    assert_eq!(
        said(Language::French, 1200),
        "Vente additionnelle\u{a0}: 1\u{202f}200 forfaits ont atteint leur seuil"
    );
    assert_eq!(said(Language::German, 1), "Upselling: 1 Kontingent hat seine Schwelle erreicht");
    assert_eq!(said(Language::Chinese, 1200), "加售：1,200 个额度已达到阈值");
}

#[test]
fn columns_that_a_sheet_lacks_are_told_in_the_readers_words() {
    let missing = "employee, project, contract, task or line";
    let phrase = Phrase::Nearly { role: Word("role", "timesheets"), missing };
    let said = |language| Words::new(language).say(&phrase);
    assert!(said(Language::English).contains(missing));
    let german = "Mitarbeiter (employee), Projekt (project), Vertrag (contract), Aufgabe (task) oder Position (line)";
    assert!(said(Language::German).contains(german), "{}", said(Language::German));
    for language in Language::ALL.into_iter().skip(1) {
        assert!(!said(language).contains(" or "), "{}", said(language));
    }
    let phrase = Phrase::Nearly { role: Word("role", "timesheets"), missing: "quantity" };
    let french = Words::new(Language::French).say(&phrase);
    assert!(french.contains("il manque quantité (quantity)"), "{french}");
}

/// What a message is filled with.
fn placeholders(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    fn of_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            let of_inline = |inline: &InlineExpression<&str>, found: &mut BTreeSet<String>| {
                if let InlineExpression::VariableReference { id } = inline {
                    found.insert(id.name.to_owned());
                }
            };
            match expression {
                Expression::Inline(inline) => of_inline(inline, found),
                Expression::Select { selector, variants } => {
                    of_inline(selector, found);
                    for variant in variants {
                        of_pattern(&variant.value, found);
                    }
                }
            }
        }
    }
    let resource = parser::parse(language.messages()).unwrap();
    let messages = resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(message) => {
            let mut found = BTreeSet::new();
            of_pattern(message.value.as_ref().unwrap(), &mut found);
            Some((message.id.name.to_owned(), found))
        }
        _ => None,
    });
    messages.collect()
}

#[test]
fn every_language_has_every_message_with_the_same_placeholders() {
    let english = placeholders(Language::English);
    for language in Language::ALL {
        let here = placeholders(language);
        for (id, expected) in &english {
            assert_eq!(here.get(id), Some(expected), "{}: {id}", language.tag());
        }
        let more: Vec<_> = here.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(more.is_empty(), "{}: {more:?}", language.tag());
    }
}

/// What a language left in English; names of files and options do not count.
#[test]
fn no_message_stands_in_another_language_as_it_is_in_english() {
    let texts = |language: Language| -> BTreeMap<String, String> {
        // What is indented goes on from a line above: TOML to paste, too.
        let lines = language.messages().lines().filter(|line| !line.starts_with(' '));
        let lines = lines.filter_map(|line| line.split_once(" = "));
        lines.map(|(id, text)| (id.to_owned(), text.to_owned())).collect()
    };
    let english = texts(Language::English);
    for language in Language::ALL.into_iter().skip(1) {
        let here = texts(language);
        let same = english.iter().filter(|(id, text)| {
            let said = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, t)| t));
            let words = said.collect::<String>();
            let words = words.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2);
            words.count() > 1 && here.get(*id) == Some(text)
        });
        let same: Vec<_> = same.collect();
        assert!(same.is_empty(), "{}: {same:?}", language.tag());
    }
}

#[test]
fn a_message_is_met_once() {
    for language in Language::ALL {
        let resource = parser::parse(language.messages()).unwrap();
        let messages = resource.body.iter().filter(|entry| matches!(entry, Entry::Message(_)));
        assert_eq!(messages.count(), placeholders(language).len(), "{}", language.tag());
    }
}

#[test]
fn every_text_is_there_and_every_message_is_a_text_a_phrase_or_a_groups_word() {
    let english = placeholders(Language::English);
    for key in Key::ALL {
        assert!(english.contains_key(key.id()), "{key:?}");
    }
    for id in english.keys() {
        let texts = Key::ALL.iter().filter(|key| key.id() == id);
        let phrases = Phrase::ALL.iter().filter(|phrase| phrase.id == id);
        let of_groups = Group::ALL.iter().filter(|group| {
            id.strip_prefix(group.prefix()).is_some_and(|rest| rest.starts_with('-'))
        });
        assert_eq!(texts.count() + phrases.count() + of_groups.count(), 1, "{id}");
    }
}

#[test]
fn a_word_of_no_group_is_shown_as_it_stands() {
    let words = Words::new(Language::Chinese);
    assert_eq!(words.word(Group::Decision, "ask Anna"), "ask Anna");
    assert_eq!(words.heading("late", "remaining"), "订单剩余");
    assert_eq!(words.heading("near", "remaining"), "剩余");
}

#[test]
fn a_phrase_says_all_that_it_is_filled_with() {
    let english = placeholders(Language::English);
    for phrase in Phrase::ALL {
        let declared: BTreeSet<String> =
            phrase.filled.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(english.get(phrase.id), Some(&declared), "{}", phrase.name);
    }
}

#[test]
fn a_phrase_says_in_one_sentence_what_is_in_its_parts() {
    let order = |name: &str| name.to_owned().into_boxed_str();
    let found = Phrase::EntryOfOrders {
        quantity: Box::new(amount("7.5")),
        orders: vec![
            Phrase::DraftOrder { order: order("SO1") },
            Phrase::CancelledOrder { order: order("SO2") },
        ],
    };
    let states = Phrase::OneOf { values: &["draft", "sent", "sale"] };
    let version = Phrase::OneVersion {
        version: Box::new(Phrase::VersionOfEntry {
            id: "77".into(),
            quantity: Box::new(amount("2")),
            day: NaiveDate::from_ymd_opt(2026, 3, 2).unwrap(),
        }),
        place: Box::new(Place::new("a.xlsx", Some("May")).at_row(1234)),
    };
    let said = |language| {
        let words = Words::new(language);
        [&found, &states, &version].map(|phrase| words.say(phrase))
    };
    assert_eq!(
        said(Language::English),
        [
            "7.5 Hours, SO1 (draft), SO2 (cancelled)",
            "draft, sent or sale",
            "one version of the entry; another is 77: 2 Hours, 2026-03-02 in a.xlsx, sheet \"May\", row 1234",
        ]
    );
    assert_eq!(
        said(Language::German),
        [
            "7,5 Stunden, SO1 (Angebot), SO2 (storniert)",
            "draft, sent oder sale",
            "eine einzige Version des Eintrags; eine andere ist 77: 2 Stunden, 02.03.2026 in a.xlsx, Blatt „May“, Zeile 1234",
        ]
    );
    assert_eq!(said(Language::Chinese)[1], "draft、sent 或 sale");
}

fn amount(number: &str) -> Amount {
    Amount::new(number, Naming::Supplied(Word("unit", "Hours")))
}

#[test]
fn what_was_found_is_cut_where_nobody_reads_on() {
    let words = Words::new(Language::French);
    let long = "x".repeat(300);
    let cut = format!("{}…", "x".repeat(200));
    assert_eq!(words.found(&long.as_str().into()), cut);
    let orders = vec![Phrase::SentOrder { order: long.into() }];
    let found = Found::from(Phrase::EntryOfOrders { quantity: Box::new(amount("2")), orders });
    assert_eq!(words.found(&found).chars().count(), 201);
}

#[test]
fn a_place_prints_itself_in_english() {
    let sheet = Place::new("orders.xlsx", Some("Lines"));
    let file = Place::new("may.csv", None);
    for place in [
        sheet.clone(),
        sheet.in_column("Unit"),
        sheet.at_row(8),
        sheet.at_row(12345).in_column("Unit"),
        sheet.at_row(12345).in_cell(27, "Unit"),
        sheet.in_cell(27, "Unit"),
        file.clone(),
        file.at_row(12345),
        file.in_column("Unit"),
        file.at_row(3).in_column("Unit"),
        file.at_row(3).in_cell(0, "Unit"),
    ] {
        assert_eq!(english().place(&place), place.to_string());
    }
    let words = Words::new(Language::Spanish);
    let cell = sheet.at_row(12345).in_cell(27, "Unit");
    assert_eq!(
        words.place(&cell),
        "orders.xlsx, hoja «Lines», AB12345 (fila 12345, columna «Unit»)"
    );
}
