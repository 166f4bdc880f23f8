//! Header rows as exports of a running Odoo 18 have them, in five languages and by
//! technical names, then drawdown's own layout, other versions and the traps.

use super::*;

fn row(line: &str) -> Vec<String> {
    line.split('|').map(str::to_owned).collect()
}

fn read(line: &str) -> Option<Recognition> {
    recognise(&row(line), &[])
}

/// The role and the fields read, in the file's order.
fn summary(line: &str) -> String {
    read(line).map_or_else(
        || "none".to_owned(),
        |recognition| {
            let fields: Vec<&str> =
                recognition.columns.iter().map(|column| column.field.name()).collect();
            format!("{}: {}", recognition.role.name(), fields.join(" "))
        },
    )
}

/// The field of one header, by its place.
fn field_at(line: &str, index: usize) -> Option<Field> {
    let recognition = read(line)?;
    recognition.columns.into_iter().find(|column| column.index == index).map(|column| column.field)
}

#[test]
fn exported_headers_are_read_alike_in_every_language() {
    for case in CASES {
        for headers in case.headers {
            assert_eq!(
                summary(headers),
                format!("{}: {}", case.role.name(), case.fields),
                "{headers}"
            );
        }
    }
}

#[test]
fn reports_of_time_trackers_are_timesheets() {
    for (headers, fields) in [
        (
            "Datum|Von|Bis|Dauer|Währung|Preis|Name|Benutzer|Kunde|Projekt|Tätigkeit|Beschreibung|\
             Abrechenbar|Schlagworte|Typ|Bestellnummer",
            "date quantity employee user client project activity description billable tags \
             entry_type",
        ),
        (
            "Date|From|To|Duration|Rate|User|Customer|Project|Activity|Description|Exported|Tags|\
             Hourly rate|Fixed rate",
            "date seconds user client project activity description tags",
        ),
        (
            "Description|Duration|Member|Email|Project|Tags|Start date|Start time",
            "description quantity employee project tags date",
        ),
        (
            "Project|Client|Task|User|Type|Start Date|Duration (decimal)|Duration (h)|\
             Billable Amount (CHF)",
            "project client activity user entry_type date quantity",
        ),
        (
            "Date|Client|Project|Task|Notes|Hours|Hours Rounded|Billable?|Approved?|First Name|\
             Last Name",
            "date client project activity description quantity billable approved given_name \
             family_name",
        ),
        ("Date|Employee|Contract|Hours", "date employee contract quantity"),
        (
            "date|description|timesheet_invoice_type|unit_amount|so_line",
            "date description billable_type quantity line_label",
        ),
    ] {
        assert_eq!(summary(headers), format!("timesheets: {fields}"), "{headers}");
    }
    // The minutes are better than their rounding, wherever they stand.
    assert_eq!(field_at("Date|User|Duration (decimal)|Duration (h)", 3), Some(Field::Quantity));
    // A list of projects with their hours is no timesheet.
    assert_eq!(summary("Project|Client|Status|Visibility|Billability|Task|Tracked (h)"), "none");
}

#[test]
fn other_records_are_refused() {
    for headers in REFUSED {
        assert_eq!(read(headers), None, "{headers}");
        assert_eq!(nearest_role(&row(headers)), None, "{headers}");
    }
}

#[test]
fn our_own_outputs_are_refused() {
    for headers in [
        "order|line|customer|product|contract|task|tracking|policy|ordered|unit|delivered|exported",
        "order|lines|customer|salesperson|product|contract|ordered|unit|delivered|excess",
        "file|sheet|row|column|kind|rule|found|expected|action",
        "file|sheet|row|entry|date|employee|contract|task|line|quantity|unit|reason|candidate|description",
        "customer|category|unit|currency|lines|sold|delivered|adjusted|remaining",
        "customer|project|contract|reason|entries|quantity|unit|first_date|last_date|price",
        "month|customer|employee|source|hours|value|currency|orders",
    ] {
        assert_eq!(read(headers), None, "{headers}");
        assert_eq!(nearest_role(&row(headers)), None, "{headers}");
    }
}

#[test]
fn a_kind_beside_what_a_timesheet_has_too_tells_adjustments() {
    for (headers, role) in [
        ("date|line|quantity|kind", Some(Role::Adjustments)),
        ("date|contract|quantity|kind|reason|clerk", Some(Role::Adjustments)),
        // Hours of a kind.
        ("date|employee|contract|quantity|kind", Some(Role::Timesheets)),
        ("date|line|quantity|unit", Some(Role::Timesheets)),
    ] {
        assert_eq!(read(headers).map(|recognition| recognition.role), role, "{headers}");
    }
}

#[test]
fn own_layout_is_read_whole() {
    for role in [
        Role::OrderLines,
        Role::Timesheets,
        Role::Units,
        Role::Products,
        Role::Tasks,
        Role::Adjustments,
    ] {
        let names: Vec<String> = own_names(role).map(str::to_owned).collect();
        let recognition = recognise(&names, &[]).expect("the own layout is known");
        assert_eq!(recognition.role, role);
        assert!(recognition.left_alone.is_empty());
        for column in &recognition.columns {
            assert_eq!(own_field(role, &column.header), Some(column.field), "{}", column.header);
        }
    }
    assert_eq!(own_field(Role::Timesheets, "line"), Some(Field::LineLabel));
    assert_eq!(own_field(Role::OrderLines, "id"), Some(Field::LineId));
    assert_eq!(own_field(Role::Timesheets, "line_database_id"), Some(Field::LineDatabaseId));
    assert_eq!(own_field(Role::Timesheets, "upsell"), None);
}

#[test]
fn required_columns_alone_suffice() {
    assert_eq!(
        summary("id|order|state|product|ordered|unit"),
        "order_lines: line_id order order_state product ordered unit"
    );
    assert_eq!(summary("date|quantity|task"), "timesheets: date quantity task");
    assert_eq!(summary("name|category|ratio"), "units: unit category ratio");
    assert_eq!(summary("name|type"), "products: product_name product_type");
    assert_eq!(
        summary("Order Date|ORDER|ID|Product|Ordered"),
        "order_lines: order_date order line_id product ordered"
    );
}

#[test]
fn a_missing_id_does_not_hide_order_lines() {
    assert_eq!(
        summary("order|state|product|ordered|unit"),
        "order_lines: order order_state product ordered unit"
    );
    assert_eq!(
        summary("Order Reference|Product|Quantity|Unit of Measure|Unit Price"),
        "order_lines: order product ordered unit price"
    );
}

#[test]
fn quantity_belongs_to_its_companions() {
    assert_eq!(
        field_at("External ID|Order Reference|Product|Quantity|Unit Price", 3),
        Some(Field::Ordered)
    );
    assert_eq!(field_at("Date|Employee|Order Reference|Quantity", 3), Some(Field::Quantity));
    assert_eq!(field_at("Order Lines/Quantity|Order Reference|Customer", 0), Some(Field::Ordered));
}

#[test]
fn order_reference_belongs_to_its_companions() {
    assert_eq!(summary("Order Reference|Customer|Status"), "orders: order customer order_state");
    assert_eq!(
        summary("ID|Order Reference|Product|Quantity"),
        "order_lines: line_id order product ordered"
    );
}

#[test]
fn the_second_project_of_a_timesheet_is_the_contract() {
    let line =
        "Date|Employee|Project|Project/External ID|Quantity|Project|Project/External ID|Project";
    let fields =
        [(2, Field::Project), (3, Field::ProjectId), (5, Field::Contract), (6, Field::ContractId)];
    for (index, field) in fields {
        assert_eq!(field_at(line, index), Some(field), "{index}");
    }
    assert_eq!(field_at(line, 7), None);
    assert_eq!(field_at("日期|员工|项目|数量|项目", 4), Some(Field::Contract));
}

#[test]
fn an_orders_project_is_its_contract_in_10_only() {
    let ten = "id|name|partner_id|confirmation_date|state|project_id|project_id/id";
    assert_eq!(field_at(ten, 5), Some(Field::Contract));
    assert_eq!(field_at(ten, 6), Some(Field::ContractId));
    assert_eq!(field_at("id|name|partner_id|date_order|state|project_id", 5), Some(Field::Project));
    assert_eq!(
        field_at("Order Reference|Customer|Order Date|Analytic Account", 3),
        Some(Field::Contract)
    );
    assert_eq!(
        field_at("Order Reference|Customer|Order Date|Project Account", 3),
        Some(Field::Contract)
    );
    assert_eq!(field_at("Order Reference|Customer|Order Date|Project", 3), Some(Field::Project));
}

#[test]
fn ratio_means_what_its_companions_say() {
    assert_eq!(field_at("Unit of Measure|Category|Type|Ratio", 3), Some(Field::Factor));
    assert_eq!(field_at("Unit of Measure|Category|Ratio", 2), Some(Field::Factor));
    assert_eq!(
        field_at("id|name|category_id|uom_type|factor|ratio", 5),
        Some(Field::CombinedRatio)
    );
    assert_eq!(field_at("name|category|ratio", 2), Some(Field::Ratio));
    assert_eq!(
        summary("External ID|Unit Name|Contains|Reference Unit|Absolute Quantity"),
        "units: unit_id unit relative_factor relative_unit factor"
    );
}

#[test]
fn id_is_the_database_id_beside_an_external_one() {
    assert_eq!(field_at("ID|Order Reference|Product|Quantity", 0), Some(Field::LineId));
    assert_eq!(
        field_at("ID|External ID|Order Reference|Product|Quantity", 0),
        Some(Field::LineDatabaseId)
    );
    assert_eq!(field_at(".id|id|order_id/.id|qty_delivered", 1), Some(Field::LineId));
    assert_eq!(
        field_at("Externe ID|Datum|Menge|Auftragsposition/ID", 3),
        Some(Field::LineDatabaseId)
    );
}

#[test]
fn track_service_is_told_by_version() {
    assert_eq!(
        field_at("Name|Product Type|Track Service|Invoicing Policy", 2),
        Some(Field::TrackService)
    );
    assert_eq!(
        field_at("Name|Service Tracking|Track Service|Invoicing Policy", 2),
        Some(Field::ServiceType)
    );
    assert_eq!(
        field_at("name|track_service|invoice_policy|service_tracking", 1),
        Some(Field::TrackService)
    );
    // Two fields of Spanish 12 to 14 differ in case only.
    let spanish =
        "Nombre|Seguimiento del servicio|Seguimiento del Servicio|Política de Facturación";
    assert_eq!(field_at(spanish, 1), Some(Field::ServiceTracking));
    assert_eq!(field_at(spanish, 2), Some(Field::ServiceType));
}

#[test]
fn a_project_of_10_is_named_by_its_account() {
    assert_eq!(
        summary("External ID|Analytic Account|Contract/Analytic|Contract/Analytic/External ID"),
        "projects: project_id project contract contract_id"
    );
    assert_eq!(
        summary("External ID|Name|Analytic Account|Analytic Account/Reference"),
        "projects: project_id project contract contract_code"
    );
    assert_eq!(read("External ID|Analytic Account|Reference|Customer"), None);
}

#[test]
fn variants_have_ids_of_their_own() {
    assert_eq!(
        summary("id|.id|product_tmpl_id/id|default_code|invoice_policy"),
        "products: product_id product_database_id product_template_id product_code invoice_policy"
    );
}

#[test]
fn nested_columns_are_marked() {
    let recognition =
        read("name|state|order_line/product_id/product_tmpl_id/id|order_line/id").expect("orders");
    assert!(recognition.nested_lines);
    let nested: Vec<bool> = recognition.columns.iter().map(|column| column.nested).collect();
    assert_eq!(nested, [false, false, true, true]);
    let units = read("id|name|uom_ids/id|uom_ids/name").expect("unit categories");
    assert!(!units.nested_lines);
    assert!(units.columns.iter().any(|column| column.nested && column.field == Field::UnitId));
}

#[test]
fn of_two_columns_for_one_field_the_first_is_read() {
    let recognition =
        read("id|order_id|order_id/name|product_id|product_uom_qty").expect("order lines");
    assert_eq!(recognition.left_alone, [(2, "order_id/name".to_owned())]);
    // The template only stands in for a product that is not there.
    let line = "id|order_id|product_template_id|product_id|product_uom_qty";
    assert_eq!(field_at(line, 3), Some(Field::Product));
    assert_eq!(
        field_at("id|order_id|product_template_id|product_uom_qty", 2),
        Some(Field::Product)
    );
}

#[test]
fn two_columns_that_could_both_be_the_quantity_are_rivals() {
    let of = |headers: &str| {
        let rivals = read(headers).expect("timesheets").rivals;
        let amounts = rivals.into_iter().filter(|rival| rival.field == Field::Quantity);
        amounts.map(|rival| rival.headers.join("|")).collect::<Vec<_>>()
    };
    assert_eq!(of("Date|Employee|Contract|Hours|Duration"), ["Hours|Duration"]);
    assert_eq!(of("Date|Employee|Contract|Duration|Hours"), ["Duration|Hours"]);
    assert_eq!(of("Date|Employee|Contract|Minutes|Hours"), ["Hours|Minutes"]);
    // Of these one is known to be better, or the user has said which it is.
    assert!(of("Date|Client|Project|Task|Notes|Hours|Hours Rounded|First Name").is_empty());
    let alias = ColumnAlias { role: None, header: "Hours".to_owned(), field: Field::Quantity };
    let headers = ["Date", "Employee", "Contract", "Duration", "Hours", "Minutes"];
    let said = recognise(&headers.map(str::to_owned), &[alias]).expect("timesheets");
    assert!(said.rivals.is_empty());
}

#[test]
fn misspelt_headers_are_proposed_not_assumed() {
    let recognition = read(
        "External ID|Order Reference|Product|Orderd Quantity|Unit Price|Order Reference/Sttus",
    )
    .expect("order lines");
    assert!(recognition.columns.iter().all(|column| column.field != Field::Ordered));
    assert_eq!(
        recognition.proposals,
        [
            (3, "Orderd Quantity".to_owned(), "Ordered Quantity".to_owned()),
            (5, "Order Reference/Sttus".to_owned(), "Order Reference/Status".to_owned()),
        ]
    );
    // Taken already, hence no proposal; and three letters prove nothing.
    let taken = read("Date|Employee|Quantity|Quantiti|Dat").expect("timesheets");
    assert!(taken.proposals.is_empty());
}

#[test]
fn an_alias_beats_a_known_header() {
    let alias = |role, header: &str, field| ColumnAlias { role, header: header.to_owned(), field };
    let aliases = [
        alias(Some(Role::Timesheets), "std. ", Field::Quantity),
        alias(None, "order_line/x_contract", Field::Contract),
    ];
    let recognition =
        recognise(&row("Datum|Mitarbeiter|Menge|STD."), &aliases).expect("timesheets");
    assert_eq!(recognition.left_alone, [(2, "Menge".to_owned())]);
    let orders =
        recognise(&row("name|order_line/id|order_line/x_contract"), &aliases).expect("orders");
    let last = orders.columns.last().expect("three columns");
    assert_eq!((last.field, last.nested), (Field::Contract, true));
    assert_eq!(recognise(&row("Datum|Mitarbeiter|Std."), &[]), None);
}

#[test]
fn the_nearest_role_says_what_is_missing() {
    let nearest = |line: &str| nearest_role(&row(line));
    assert_eq!(
        nearest("date|employee|task|description"),
        Some(NearestRole {
            role: Role::Timesheets,
            missing: vec!["quantity"],
            proposals: Vec::new(),
        })
    );
    assert_eq!(nearest("a|b|c"), None);
    assert_eq!(nearest(""), None);
}

#[test]
fn headers_are_compared_without_their_dress() {
    assert_eq!(normalise_header("\u{feff}Qté  livrée\u{a0}"), "qte livree");
    assert_eq!(normalise_header("Contrat / analytique"), "contrat/analytique");
    assert_eq!(normalise_header("折扣（%）"), "折扣(%)");
    assert_eq!(normalise_header("ＩＤ"), "id");
    for c in '\0'..='\u{ffff}' {
        let once = normalise_header(&c.to_string());
        assert_eq!(normalise_header(&once), once, "{c:?}");
    }
}

#[test]
fn odd_headers_do_no_harm() {
    assert_eq!(recognise(&[], &[]), None);
    for odd in ["/", "//", "a/", "/id", "order_id/", "product_tmpl_id/"] {
        let long = odd.repeat(10_000);
        for text in [odd, long.as_str()] {
            let headers =
                ["id", "order_id", "product_id", "product_uom_qty", text].map(str::to_owned);
            let recognition = recognise(&headers, &[]).expect("order lines");
            assert_eq!(recognition.left_alone, [(4, text.to_owned())]);
        }
    }
}

#[test]
fn names_are_unique() {
    for role in Role::ALL {
        assert_eq!(Role::from_name(role.name()), Some(role));
        let mut names: Vec<&str> = own_names(role).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), own_names(role).count());
    }
    assert_eq!(Role::from_name("adjustment"), None);
}

/// Header rows that are all read as the same fields.
struct Case {
    role: Role,
    fields: &'static str,
    headers: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        role: Role::Products,
        fields: "product_template_id product_name product_code product_type service_policy \
                 service_tracking service_type invoice_policy unit unit_id upsell_threshold active \
                 variant_id",
        headers: &[
            "Externe ID|Name|Interne Referenz|Produktart|Abrechnungspolitik für Dienstleistungen|\
             Bei Auftrag erstellen|Dienstleistung verfolgen|Abrechnungspolitik|Maßeinheit|\
             Maßeinheit/Externe ID|Maßeinheit/Maßeinheit|Verkaufspreis|Währung|Grenzwert|Projekt|\
             Verkauf|Aktiv|Produkte/Externe ID",
            "External ID|Name|Internal Reference|Product Type|Service Invoicing Policy|\
             Create on Order|Track Service|Invoicing Policy|Unit of Measure|\
             Unit of Measure/External ID|Unit of Measure/Unit of Measure|Sales Price|Currency|\
             Threshold|Project|Sales|Active|Products/External ID",
            "ID externo|Nombre|Referencia interna|Tipo de producto|\
             Política de facturación de servicios|Crear en el pedido|Seguimiento del servicio|\
             Política de facturación|Unidad de medida|Unidad de medida/ID externo|\
             Unidad de medida/Unidad de medida|Precio de venta|Moneda|Umbral|Proyecto|Ventas|\
             Activo|Productos/ID externo",
            "ID externe|Nom|Référence interne|Type de produit|Politique de facturation du service|\
             Créer à la commande|Service de tracking|Politique de facturation|Unité de mesure|\
             Unité de mesure/ID externe|Unité de mesure/Unité de mesure|Prix de vente|Devise|Seuil|\
             Projet|Ventes|Actif|Produits/ID externe",
            "id|name|default_code|type|service_policy|service_tracking|service_type|invoice_policy|\
             uom_id|uom_id/id|uom_id/name|list_price|currency_id|service_upsell_threshold|\
             project_id|sale_ok|active|product_variant_ids/id",
            "外部 ID|名称|内部参考号|产品类型|服务开票策略|按订单创建|跟踪服务|开票原则|计量单位|\
             计量单位/外部 ID|计量单位/计量单位|销售价格|币别|阈值|项目|销售|有效|产品/外部 ID",
        ],
    },
    Case {
        role: Role::OrderLines,
        fields: "line_database_id line_id order order_id customer order_date line_state \
                 order_state locked salesperson sequence display_type product product_id \
                 description ordered unit unit_id delivered delivered_method invoiced price \
                 discount subtotal currency analytic_distribution project task task_id \
                 order_invoice_status down_payment service_policy service_tracking \
                 invoice_policy upsell_threshold",
        headers: &[
            "ID|Externe ID|Auftragsreferenz|Auftragsreferenz/Externe ID|\
             Auftragsreferenz/Auftragsreferenz|Kunde|Auftragsreferenz/Auftragsdatum|Auftragsstatus|\
             Auftragsreferenz/Status|Auftragsreferenz/Gesperrt|Vertriebsmitarbeiter|Sequenz|\
             Anzeigetyp|Produkt|Produkt/Externe ID|Beschreibung|Menge|Maßeinheit|\
             Maßeinheit/Externe ID|Liefermenge|Methode zum Aktualisieren der gelieferten Menge|\
             Abgerechnete Menge|Abzurechnende Menge|Einzelpreis|Rabatt (%)|Zwischensumme|Währung|\
             Kostenverteilung|Generated Project|Generated Task|Generated Task/Externe ID|\
             Rechnungsstatus|Auftragsreferenz/Rechnungsstatus|Ist eine Anzahlung|\
             Produkt/Abrechnungspolitik für Dienstleistungen|Produkt/Bei Auftrag erstellen|\
             Produkt/Abrechnungspolitik|Produkt/Grenzwert|Im Verkaufsauftrag verbleibende Zeit|\
             Verbleibende Stunden|Has Displayed Warning Upsell|Unternehmen|Erstellt am",
            "ID|External ID|Order Reference|Order Reference/External ID|\
             Order Reference/Order Reference|Customer|Order Reference/Order Date|Order Status|\
             Order Reference/Status|Order Reference/Locked|Salesperson|Sequence|Display Type|\
             Product|Product/External ID|Description|Quantity|Unit of Measure|\
             Unit of Measure/External ID|Delivery Quantity|Method to update delivered qty|\
             Invoiced Quantity|Quantity To Invoice|Unit Price|Discount (%)|Subtotal|Currency|\
             Analytic Distribution|Generated Project|Generated Task|Generated Task/External ID|\
             Invoice Status|Order Reference/Invoice Status|Is a down payment|\
             Product/Service Invoicing Policy|Product/Create on Order|Product/Invoicing Policy|\
             Product/Threshold|Time Remaining on SO|Remaining Hours Available|\
             Has Displayed Warning Upsell|Company|Created on",
            "ID|ID externo|Referencia del pedido|Referencia del pedido/ID externo|\
             Referencia del pedido/Referencia del pedido|Cliente|\
             Referencia del pedido/Fecha de pedido|Estado del pedido|Referencia del pedido/Estado|\
             Referencia del pedido/Bloqueado|Comercial|Secuencia|Tipo de pantalla|Producto|\
             Producto/ID externo|Descripción|Cantidad|Unidad de medida|Unidad de medida/ID externo|\
             Cantidad de entrega|Método para actualizar la cantidad entregada|Cantidad Facturada|\
             Cantidad a facturar|Precio unitario|Descuento (%)|Subtotal|Moneda|\
             Distribución analítica|Generated Project|Generated Task|Generated Task/ID externo|\
             Estado de la factura|Referencia del pedido/Estado de la factura|Es un anticipo|\
             Producto/Política de facturación de servicios|Producto/Crear en el pedido|\
             Producto/Política de facturación|Producto/Umbral|\
             Tiempo restante en el pedido de venta|Horas restantes disponibles|\
             Has Displayed Warning Upsell|Compañía|Creado el",
            "ID|ID externe|Référence de commande|Référence de commande/ID externe|\
             Référence de commande/Référence de commande|Client|\
             Référence de commande/Date de la commande|Statut de la commande|\
             Référence de commande/Statut|Référence de commande/Verrouillé|Vendeur|Séquence|\
             Type d'affichage|Produit|Produit/ID externe|Description|Quantité|Unité de mesure|\
             Unité de mesure/ID externe|Quantité de livraison|\
             Méthode de mise à jour des quantités livrées|Quantité facturée|Quantité à facturer|\
             Prix unitaire|Remise (%)|Sous-total|Devise|Distribution Analytique|Generated Project|\
             Generated Task|Generated Task/ID externe|Statut de la facture|\
             Référence de commande/Statut de la facture|Est un acompte|\
             Produit/Politique de facturation du service|Produit/Créer à la commande|\
             Produit/Politique de facturation|Produit/Seuil|Temps restant sur les bons de commande|\
             Heures restantes disponibles|Has Displayed Warning Upsell|Société|Créé le",
            "ID|外部 ID|订单参考号|订单参考号/外部 ID|订单参考号/订单参考号|客户|\
             订单参考号/订单日期|订单状态|订单参考号/状态|订单参考号/已锁定|销售人员|序列|显示类型|\
             产品|产品/外部 ID|描述|数量|计量单位|计量单位/外部 ID|交付数量|更新已交付数量的方法|\
             已开具发票的数量|待开票数量|单价|折扣（%）|小计|币别|分析分摊|Generated Project|\
             Generated Task|Generated Task/外部 ID|发票状态|订单参考号/发票状态|是预付款|\
             产品/服务开票策略|产品/按订单创建|产品/开票原则|产品/阈值|销售订单上的剩余时数|\
             可用剩余小时数|Has Displayed Warning Upsell|公司|创建日期",
        ],
    },
    Case {
        role: Role::Orders,
        fields: "order_id order customer order_date order_state locked salesperson currency \
                 order_invoice_status line_id sequence display_type product product_id description ordered unit unit_id \
                 delivered delivered_method invoiced price discount",
        headers: &[
            "Externe ID|Auftragsreferenz|Kunde|Kunde/Externe ID|Auftragsdatum|Gültigkeit|Status|\
             Gesperrt|Vertriebsmitarbeiter|Verkaufsteam|Währung|Kundenreferenz|Nettobetrag|Gesamt|\
             Rechnungsstatus|Auftragspositionen/Externe ID|Auftragspositionen/Sequenz|\
             Auftragspositionen/Anzeigetyp|Auftragspositionen/Produkt|\
             Auftragspositionen/Produkt/Externe ID|Auftragspositionen/Beschreibung|\
             Auftragspositionen/Menge|Auftragspositionen/Maßeinheit|\
             Auftragspositionen/Maßeinheit/Externe ID|Auftragspositionen/Liefermenge|\
             Auftragspositionen/Methode zum Aktualisieren der gelieferten Menge|\
             Auftragspositionen/Abgerechnete Menge|Auftragspositionen/Einzelpreis|\
             Auftragspositionen/Rabatt (%)|Auftragspositionen/Rechnungsstatus|\
             Auftragspositionen/Im Verkaufsauftrag verbleibende Zeit",
            "External ID|Order Reference|Customer|Customer/External ID|Order Date|Expiration|\
             Status|Locked|Salesperson|Sales Team|Currency|Customer Reference|Untaxed Amount|Total|\
             Invoice Status|Order Lines/External ID|Order Lines/Sequence|Order Lines/Display Type|\
             Order Lines/Product|Order Lines/Product/External ID|Order Lines/Description|\
             Order Lines/Quantity|Order Lines/Unit of Measure|\
             Order Lines/Unit of Measure/External ID|Order Lines/Delivery Quantity|\
             Order Lines/Method to update delivered qty|Order Lines/Invoiced Quantity|\
             Order Lines/Unit Price|Order Lines/Discount (%)|Order Lines/Invoice Status|\
             Order Lines/Time Remaining on SO",
            "ID externo|Referencia del pedido|Cliente|Cliente/ID externo|Fecha de pedido|\
             Vencimiento|Estado|Bloqueado|Comercial|Equipo de ventas|Moneda|Referencia del cliente|\
             Base imponible|Total|Estado de la factura|Líneas del pedido/ID externo|\
             Líneas del pedido/Secuencia|Líneas del pedido/Tipo de pantalla|\
             Líneas del pedido/Producto|Líneas del pedido/Producto/ID externo|\
             Líneas del pedido/Descripción|Líneas del pedido/Cantidad|\
             Líneas del pedido/Unidad de medida|Líneas del pedido/Unidad de medida/ID externo|\
             Líneas del pedido/Cantidad de entrega|\
             Líneas del pedido/Método para actualizar la cantidad entregada|\
             Líneas del pedido/Cantidad Facturada|Líneas del pedido/Precio unitario|\
             Líneas del pedido/Descuento (%)|Líneas del pedido/Estado de la factura|\
             Líneas del pedido/Tiempo restante en el pedido de venta",
            "ID externe|Référence de commande|Client|Client/ID externe|Date de la commande|\
             Expiration|Statut|Verrouillé|Vendeur|Équipe commerciale|Devise|Référence client|\
             Montant hors taxes|Total|Statut de la facture|Lignes de commande/ID externe|\
             Lignes de commande/Séquence|Lignes de commande/Type d'affichage|\
             Lignes de commande/Produit|Lignes de commande/Produit/ID externe|\
             Lignes de commande/Description|Lignes de commande/Quantité|\
             Lignes de commande/Unité de mesure|Lignes de commande/Unité de mesure/ID externe|\
             Lignes de commande/Quantité de livraison|\
             Lignes de commande/Méthode de mise à jour des quantités livrées|\
             Lignes de commande/Quantité facturée|Lignes de commande/Prix unitaire|\
             Lignes de commande/Remise (%)|Lignes de commande/Statut de la facture|\
             Lignes de commande/Temps restant sur les bons de commande",
            "id|name|partner_id|partner_id/id|date_order|validity_date|state|locked|user_id|\
             team_id|currency_id|client_order_ref|amount_untaxed|amount_total|invoice_status|\
             order_line/id|order_line/sequence|order_line/display_type|order_line/product_id|\
             order_line/product_id/id|order_line/name|order_line/product_uom_qty|\
             order_line/product_uom|order_line/product_uom/id|order_line/qty_delivered|\
             order_line/qty_delivered_method|order_line/qty_invoiced|order_line/price_unit|\
             order_line/discount|order_line/invoice_status|order_line/remaining_hours",
            "外部 ID|订单参考号|客户|客户/外部 ID|订单日期|有效期至|状态|已锁定|销售人员|销售团队|\
             币别|客户参考号|未完税金额|总计|发票状态|订单明细/外部 ID|订单明细/序列|\
             订单明细/显示类型|订单明细/产品|订单明细/产品/外部 ID|订单明细/描述|订单明细/数量|\
             订单明细/计量单位|订单明细/计量单位/外部 ID|订单明细/交付数量|\
             订单明细/更新已交付数量的方法|订单明细/已开具发票的数量|订单明细/单价|\
             订单明细/折扣（%）|订单明细/发票状态|订单明细/销售订单上的剩余时数",
        ],
    },
    Case {
        role: Role::Timesheets,
        fields: "entry_id date employee project task description quantity line_label",
        headers: &[
            "ID|Datum|Mitarbeiter|Projekt|Task|Beschreibung|Menge|Auftragsposition",
            "ID|Date|Employee|Project|Task|Description|Quantity|Sales Order Item",
            "ID|Fecha|Empleado|Proyecto|Task|Descripción|Cantidad|Elemento del pedido de venta",
            "ID|Date|Employé|Projet|Task|Description|Quantité|Article de la commande client",
            "ID|日期|员工|项目|Task|描述|数量|销售订单行",
        ],
    },
    Case {
        role: Role::Timesheets,
        fields: "date description project quantity client",
        headers: &[
            "Datum|Beschreibung|Projekt|Produkt|Menge|Partner|Betrag",
            "Date|Description|Project|Product|Quantity|Partner|Amount",
            "Fecha|Descripción|Proyecto|Producto|Cantidad|Contacto|Importe",
            "Date|Description|Projet|Produit|Quantité|Partenaire|Montant",
            "日期|描述|项目|产品|数量|合作伙伴|金额",
        ],
    },
    Case {
        role: Role::Timesheets,
        fields: "entry_id date employee project task line_label line_id order contract description \
                 quantity unit",
        headers: &[
            "Externe ID|Datum|Mitarbeiter|Projekt|Task|Auftragsposition|\
             Auftragsposition/Externe ID|Auftragsreferenz|Projekt|Beschreibung|Menge|Maßeinheit",
            "External ID|Date|Employee|Project|Task|Sales Order Item|Sales Order Item/External ID|\
             Order Reference|Project|Description|Quantity|Unit of Measure",
            "ID externo|Fecha|Empleado|Proyecto|Task|Elemento del pedido de venta|\
             Elemento del pedido de venta/ID externo|Referencia del pedido|Proyecto|Descripción|\
             Cantidad|Unidad de medida",
            "ID externe|Date|Employé|Projet|Task|Article de la commande client|\
             Article de la commande client/ID externe|Référence de commande|Projet|Description|\
             Quantité|Unité de mesure",
            "外部 ID|日期|员工|项目|Task|销售订单行|销售订单行/外部 ID|订单关联|项目|描述|数量|\
             计量单位",
        ],
    },
    Case {
        role: Role::UnitCategories,
        fields: "category_id category unit_id unit",
        headers: &[
            "Externe ID|Maßeinheitskategorie|Maßeinheit/Externe ID|Maßeinheit/Maßeinheit",
            "External ID|Unit of Measure Category|Uom/External ID|Uom/Unit of Measure",
            "ID externo|Categoría de unidades de medida|UdM/ID externo|UdM/Unidad de medida",
            "ID externe|Catégories d'unités de mesure|UdM/ID externe|UdM/Unité de mesure",
            "id|name|uom_ids/id|uom_ids/name",
            "外部 ID|计量单位类别|单位/外部 ID|单位/计量单位",
        ],
    },
    Case {
        role: Role::Units,
        fields: "unit_database_id unit_id unit category category_id unit_type factor \
                 factor_inverse combined_ratio rounding active",
        headers: &[
            "ID|Externe ID|Maßeinheit|Kategorie|Kategorie/Externe ID|Typ|Faktor|Größerer Faktor|\
             Kombinierter Faktor|Rundungsgenauigkeit|Aktiv",
            "ID|External ID|Unit of Measure|Category|Category/External ID|Type|Ratio|Bigger Ratio|\
             Combined Ratio|Rounding Precision|Active",
            "ID|ID externo|Unidad de medida|Categoría|Categoría/ID externo|Tipo|Ratio|\
             Ratio más grande|Ratio combinado|Precisión de redondeo|Activo",
            "ID|ID externe|Unité de mesure|Catégorie|Catégorie/ID externe|Type|Facteur|\
             Facteur supérieur|Facteur combiné|Précision d'arrondi|Actif",
            "ID|外部 ID|计量单位|类别|类别/外部 ID|类型|比例|更大比率|综合比率|舍入精度|有效",
        ],
    },
    Case {
        role: Role::Projects,
        fields: "project_id project contract",
        headers: &["External ID|Name|Customer|Billable|Timesheets|Pricing|Sales Order Item|\
             Sales Order Item/External ID|Project|Active"],
    },
    Case {
        role: Role::Tasks,
        fields: "task_id task project project_id line_label line_id",
        headers: &[
            "External ID|Title|Project|Project/External ID|Sales Order Item|\
             Sales Order Item/External ID|Sales Order|Customer|Allocated Time|Time Spent|\
             Time Remaining|Stage|State|Assignees|Parent Task|Tags|Created On",
            "id|name|project_id|project_id/id|sale_line_id|sale_line_id/id|sale_order_id|\
             partner_id|allocated_hours|effective_hours|remaining_hours|stage_id|state|user_ids|\
             parent_id|tag_ids|create_date",
        ],
    },
    Case {
        role: Role::Orders,
        fields: "order_id order salesperson order_invoice_status",
        headers: &[
            "External ID|Order Reference|Salesperson|Invoice Status|Activities/Activity Type|\
             Activities/Assigned to|Activities/Due Date|Activities/Note|Tags|Activity State",
        ],
    },
    Case {
        role: Role::Orders,
        fields: "order order_state description ordered",
        headers: &[
            "Order Reference|Status|Order Lines/Description|Order Lines/Quantity|\
             Activities/Activity Type|Activities/Due Date|Total",
            "name|state|order_line/name|order_line/product_uom_qty|activity_ids/activity_type_id|\
             activity_ids/date_deadline|amount_total",
        ],
    },
    Case {
        role: Role::OrderLines,
        fields: "line_id order order_id customer order_date line_state order_state locked \
                 salesperson sequence display_type product product_id description ordered unit \
                 unit_id delivered delivered_method invoiced price discount subtotal currency \
                 analytic_distribution project task task_id order_invoice_status down_payment \
                 service_policy service_tracking invoice_policy upsell_threshold",
        headers: &[
            "id|order_id|order_id/id|order_id/name|order_partner_id|order_id/date_order|state|\
             order_id/state|order_id/locked|salesman_id|sequence|display_type|product_id|\
             product_id/id|name|product_uom_qty|product_uom|product_uom/id|qty_delivered|\
             qty_delivered_method|qty_invoiced|qty_to_invoice|price_unit|discount|price_subtotal|\
             currency_id|analytic_distribution|project_id|task_id|task_id/id|invoice_status|\
             order_id/invoice_status|is_downpayment|product_id/service_policy|\
             product_id/service_tracking|product_id/invoice_policy|\
             product_id/service_upsell_threshold|remaining_hours|remaining_hours_available|\
             has_displayed_warning_upsell|company_id|create_date",
        ],
    },
    Case {
        role: Role::OrderLines,
        fields: "line_database_id line_id order_database_id order_id unit_database_id delivered",
        headers: &[".id|id|order_id/.id|order_id/id|product_uom/.id|qty_delivered"],
    },
    Case {
        role: Role::Timesheets,
        fields: "entry_id date employee project task line_label line_id order contract description \
                 quantity unit unit_id",
        headers: &[
            "id|date|employee_id|project_id|task_id|so_line|so_line/id|order_id|account_id|name|\
             unit_amount|product_uom_id|product_uom_id/id",
        ],
    },
    Case {
        role: Role::Timesheets,
        fields: "entry_database_id line_database_id unit_database_id quantity",
        headers: &[".id|so_line/.id|product_uom_id/.id|unit_amount"],
    },
    Case {
        role: Role::Units,
        fields: "unit_id unit category category_id unit_type factor factor_inverse combined_ratio \
                 rounding active",
        headers: &[
            "id|name|category_id|category_id/id|uom_type|factor|factor_inv|ratio|rounding|active",
        ],
    },
    Case {
        role: Role::Products,
        fields: "product_template_id active service_tracking product product_code invoice_policy \
                 product_name product_type service_policy upsell_threshold service_type unit",
        headers: &[
            "id|product_variant_count|account_tag_ids|active|barcode|can_image_1024_be_zoomed|\
             color|combo_ids|company_id|standard_price|cost_currency_id|service_tracking|\
             create_uid|create_date|currency_id|display_name|product_document_count|\
             property_account_expense_id|is_favorite|fiscal_country_codes|has_message|\
             property_account_income_id|default_code|invoice_policy|has_configurable_attributes|\
             is_product_variant|write_uid|write_date|sale_line_warn_msg|my_activity_date_deadline|\
             name|pricelist_item_count|optional_product_ids|product_variant_id|categ_id|\
             product_tooltip|type|project_id|project_template_id|purchase_ok|description_purchase|\
             supplier_taxes_id|uom_po_id|expense_policy|visible_expense_policy|sale_ok|\
             description_sale|sale_line_warn|list_price|taxes_id|sequence|service_policy|\
             service_upsell_threshold_ratio|sales_count|product_tag_ids|tax_string|\
             service_upsell_threshold|service_type|uom_id|uom_name|uom_category_id|\
             valid_product_template_attribute_line_ids|volume|volume_uom_name|weight|\
             weight_uom_name",
        ],
    },
    Case {
        role: Role::Tasks,
        fields: "task_id project line_label task",
        headers: &[
            "id|access_warning|active|analytic_account_active|allocated_hours|allow_timesheets|\
             user_ids|date_assign|allow_billable|dependent_ids|depend_on_ids|\
             closed_depend_on_count|is_closed|closed_subtask_count|color|company_id|\
             displayed_image_id|create_uid|create_date|current_user_same_company_partner|\
             partner_id|date_deadline|dependent_tasks_count|depend_on_count|display_follow_button|\
             display_in_project|display_name|display_parent_task_button|display_sale_order_button|\
             email_cc|encode_uom_in_days|repeat_until|date_end|has_late_and_unreached_milestone|\
             has_message|has_multi_sol|html_field_history|html_field_history_metadata|\
             is_project_map_empty|date_last_stage_update|write_uid|write_date|link_preview_name|\
             milestone_id|allow_milestones|my_activity_date_deadline|overtime|parent_id|\
             personal_stage_type_id|personal_stage_id|personal_stage_type_ids|access_url|\
             portal_user_names|pricing_type|priority|progress|project_id|\
             project_privacy_visibility|project_sale_order_id|recurrence_id|recurring_task|\
             remaining_hours_available|remaining_hours_percentage|repeat_interval|repeat_unit|\
             sale_order_id|sale_line_id|access_token|sequence|show_display_in_project|stage_id|\
             state|sale_order_state|duration_tracking|subtask_count|subtask_allocated_hours|\
             subtask_completion_percentage|tag_ids|allow_task_dependencies|recurring_count|\
             remaining_hours|remaining_hours_so|effective_hours|subtask_effective_hours|\
             timesheet_product_id|name|task_to_invoice|total_hours_spent|repeat_type|\
             working_days_open|working_days_close|working_hours_open|working_hours_close",
        ],
    },
    Case {
        role: Role::Orders,
        fields: "order_id currency customer order_invoice_status locked order_date order project contract salesperson \
                 order_state",
        headers: &[
            "id|access_warning|amount_invoiced|amount_undiscounted|authorized_transaction_ids|\
             campaign_id|closed_task_count|company_id|completed_task_percentage|country_code|\
             create_uid|create_date|currency_id|currency_rate|partner_id|client_order_ref|\
             company_price_include|partner_shipping_id|commitment_date|display_name|\
             visible_project|duplicated_order_ids|expected_date|validity_date|fiscal_position_id|\
             has_active_pricelist|has_archived_products|show_update_fpos|has_message|\
             show_update_pricelist|partner_invoice_id|invoice_count|invoice_status|invoice_ids|\
             journal_id|is_expired|is_product_milestone|write_uid|write_date|locked|medium_id|\
             milestone_count|my_activity_date_deadline|project_count|require_payment|\
             require_signature|opportunity_id|date_order|name|partner_credit_warning|reference|\
             payment_term_id|amount_paid|access_url|prepayment_percent|pricelist_id|project_id|\
             project_account_id|project_ids|sale_order_template_id|team_id|user_id|access_token|\
             show_create_project_button|show_hours_recorded_button|show_project_button|\
             show_task_button|signed_by|signed_on|source_id|origin|state|tag_ids|tasks_count|\
             tasks_ids|tax_calculation_rounding_method|tax_country_id|amount_tax|terms_type|\
             timesheet_count|timesheet_encode_uom_id|timesheet_total_duration|amount_total|\
             transaction_ids|type_name|amount_to_invoice|amount_untaxed",
        ],
    },
    Case {
        role: Role::OrderLines,
        fields: "line_id analytic_distribution service_tracking currency customer delivered \
                 description discount line_label display_type project task invoiced down_payment \
                 delivered_method order line_state product product_type ordered salesperson \
                 sequence subtotal unit price",
        headers: &[
            "id|analytic_distribution|analytic_precision|product_template_attribute_value_ids|\
             product_updatable|product_uom_category_id|combo_item_id|company_id|service_tracking|\
             create_uid|create_date|currency_id|order_partner_id|company_price_include|\
             qty_delivered|name|discount|display_name|display_type|\
             distribution_analytic_account_ids|product_no_variant_attribute_value_ids|project_id|\
             task_id|has_displayed_warning_upsell|invoice_lines|invoice_status|amount_invoiced|\
             qty_invoiced|qty_invoiced_posted|is_downpayment|is_service|is_expense|\
             is_product_archived|is_configurable_product|write_uid|write_date|customer_lead|\
             linked_line_id|linked_virtual_id|qty_delivered_method|order_id|state|\
             product_packaging_id|product_packaging_qty|price_reduce_taxexcl|price_reduce_taxinc|\
             pricelist_item_id|product_id|product_template_id|product_type|product_uom_readonly|\
             product_uom_qty|qty_to_invoice|remaining_hours_available|salesman_id|\
             selected_combo_items|sequence|price_subtotal|tax_calculation_rounding_method|\
             tax_country_id|tax_id|technical_price_unit|remaining_hours|price_total|price_tax|\
             amount_to_invoice|product_uom|price_unit|untaxed_amount_to_invoice|\
             untaxed_amount_invoiced|virtual_id",
        ],
    },
    Case {
        role: Role::Timesheets,
        fields: "entry_id billable_type date description employee written order client contract project \
                 quantity line_label task unit user",
        headers: &[
            "id|amount|auto_account_id|allow_billable|timesheet_invoice_type|category|code|\
             commercial_partner_id|company_id|create_uid|create_date|currency_id|date|\
             department_id|name|display_name|employee_id|encoding_uom_id|general_account_id|\
             journal_id|timesheet_invoice_id|is_so_line_edited|job_title|move_line_id|write_uid|\
             write_date|manager_id|milestone_id|order_id|parent_task_id|partner_id|product_id|\
             account_id|project_id|unit_amount|readonly_timesheet|ref|so_line|sale_order_state|\
             task_id|product_uom_id|product_uom_category_id|user_id",
        ],
    },
    Case {
        role: Role::UnitCategories,
        fields: "category_id category",
        headers: &[
            "id|create_uid|create_date|display_name|write_uid|write_date|reference_uom_id|name",
        ],
    },
    Case {
        role: Role::Units,
        fields: "unit_id active factor_inverse category combined_ratio factor rounding unit_type \
                 unit",
        headers: &[
            "id|active|factor_inv|category_id|color|ratio|create_uid|create_date|display_name|\
             fiscal_country_codes|write_uid|write_date|factor|rounding|uom_type|name|\
             timesheet_widget",
        ],
    },
];

const REFUSED: &[&str] = &[
    "Externe ID|Verkaufschance|Typ|Kunde|Kunde/Externe ID|Unternehmensname|Name des Kontakts|\
     E-Mail|Telefon|Vertriebsmitarbeiter|Verkaufsteam|Phase|Erwarteter Umsatz|Wahrscheinlichkeit|\
     Priorität|Stichwörter|Stichwörter/Externe ID|Notizen|Erwarteter Abschluss|Erstellt am",
    "External ID|Opportunity|Type|Customer|Customer/External ID|Company Name|Contact Name|Email|\
     Phone|Salesperson|Sales Team|Stage|Expected Revenue|Probability|Priority|Tags|\
     Tags/External ID|Notes|Expected Closing|Created on",
    "ID externo|Oportunidad|Tipo|Cliente|Cliente/ID externo|Nombre de la empresa|\
     Nombre del contacto|Correo electrónico|Teléfono|Comercial|Equipo de ventas|Etapa|\
     Ingreso esperado|Probabilidad|Prioridad|Etiquetas|Etiquetas/ID externo|Notas|Cierre previsto|\
     Creado el",
    "ID externe|Opportunité|Type|Client|Client/ID externe|Nom de la société|Nom du contact|E-mail|\
     Téléphone|Vendeur|Équipe commerciale|Étape|Revenu attendu|Probabilité|Priorité|Étiquettes|\
     Étiquettes/ID externe|Notes|Date de clôture prévue|Créé le",
    "id|name|type|partner_id|partner_id/id|partner_name|contact_name|email_from|phone|user_id|\
     team_id|stage_id|expected_revenue|probability|priority|tag_ids|tag_ids/id|description|\
     date_deadline|create_date",
    "id|active|date_open|automated_probability|is_blacklisted|mobile_blacklisted|phone_blacklisted|\
     campaign_id|city|date_closed|color|company_id|partner_name|contact_name|date_conversion|\
     country_id|create_uid|create_date|company_currency|partner_id|day_open|day_close|display_name|\
     email_from|email_cc|email_domain_criterion|email_state|date_deadline|\
     recurring_revenue_monthly|expected_revenue|has_message|is_automated_probability|\
     is_partner_visible|function|lang_active_count|lang_id|date_automation_last|\
     date_last_stage_update|write_uid|write_date|lang_code|lost_reason_id|medium_id|\
     meeting_display_date|meeting_display_label|mobile|my_activity_date_deadline|email_normalized|\
     quotation_count|sale_order_count|name|partner_email_update|partner_is_blacklisted|\
     partner_phone_update|phone|phone_sanitized_blacklisted|phone_state|phone_mobile_search|\
     duplicate_lead_ids|duplicate_lead_count|priority|probability|\
     recurring_revenue_monthly_prorated|recurring_revenue_prorated|prorated_revenue|recurring_plan|\
     recurring_revenue|referred|team_id|user_id|phone_sanitized|source_id|stage_id|state_id|\
     duration_tracking|street|street2|sale_amount_total|tag_ids|title|type|user_company_ids|\
     website|zip",
    "外部 ID|商机|类型|客户|客户/外部 ID|公司名称|联系人姓名|电子邮件|电话号码|销售人员|销售团队|\
     阶段|预期收入|概率|优先级|标签|标签/外部 ID|备注|预期结束|创建日期",
    "External ID|Related Document Model|Related Document ID|Document Name|Activity Type|Summary|\
     Note|Due Date|Assigned to|State",
];
