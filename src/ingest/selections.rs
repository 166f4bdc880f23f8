//! Values of selection fields. An export writes a key or a label in the user's
//! language, depending on field and version, so both are known everywhere: those of
//! Odoo 10 to 19 in English, Chinese, French, German and Spanish, and drawdown's own.
//! A label that names two values of one selection names none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::Lookup;

use super::fields::normalise_header;

/// The state of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateValue {
    /// A quotation.
    Draft,
    /// A quotation sent to the customer.
    Sent,
    /// A confirmed order.
    Sale,
    /// A locked order (16 and before).
    Done,
    /// A cancelled order.
    Cancel,
}

/// What an order line is invoiced by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyValue {
    /// The ordered quantity.
    Ordered,
    /// The delivered quantity.
    Delivered,
}

/// How a line's delivered quantity comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MethodValue {
    /// Summed from timesheets.
    Timesheet,
    /// Typed in.
    Manual,
    /// By milestones reached.
    Milestones,
    /// By deliveries of goods.
    StockMove,
    /// From expenses.
    Analytic,
}

/// A service's invoicing policy and tracking in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServicePolicyValue {
    /// Prepaid, tracked by timesheets.
    OrderedTimesheet,
    /// Invoiced by timesheets.
    DeliveredTimesheet,
    /// Invoiced by a quantity typed in, or by milestones: Odoo 15 and 16 give
    /// both the same label, and both are invoiced alike.
    DeliveredManual,
}

/// How a service is tracked (11 and later).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServiceTypeValue {
    /// By a quantity typed in.
    Manual,
    /// By timesheets.
    Timesheet,
    /// By milestones.
    Milestones,
}

/// How a service is tracked (10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrackServiceValue {
    /// By a quantity typed in.
    Manual,
    /// By the hours on a task of its own.
    Task,
    /// By the hours on the contract.
    Timesheet,
}

/// How a line is tracked, in drawdown's own layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrackingValue {
    /// By the hours on its contract.
    Contract,
    /// By the hours on its task.
    Task,
    /// By a quantity typed in.
    Manual,
    /// Not at all.
    None,
}

/// What a product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProductTypeValue {
    /// A service.
    Service,
    /// Anything else: consumable, storable, combo.
    Goods,
}

/// How a unit relates to its category's reference unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitTypeValue {
    /// Bigger than the reference.
    Bigger,
    /// The reference itself.
    Reference,
    /// Smaller than the reference.
    Smaller,
}

/// An order's invoice status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvoiceStatusValue {
    /// Invoiced, and more delivered than ordered.
    Upselling,
    /// Fully invoiced.
    Invoiced,
    /// Something to invoice.
    ToInvoice,
    /// Nothing to invoice.
    No,
}

/// Why a delivered quantity is adjusted, in drawdown's own layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdjustmentValue {
    /// Delivered before the timesheets begin.
    Opening,
    /// Given to, or taken back from, the customer.
    Goodwill,
    /// Written off.
    WriteOff,
    /// Billed by another way than this order.
    BilledElsewhere,
}

/// What a line without a product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisplayTypeValue {
    /// A heading, or one below it.
    Section,
    /// A remark.
    Note,
}

/// Values by the texts that stand for them; `None` for a text of several.
pub(super) type Index<V> = LazyLock<Lookup<String, Option<V>>>;

pub(super) fn index<V: Copy + PartialEq>(table: &[(V, &str)]) -> Lookup<String, Option<V>> {
    let mut index = Lookup::default();
    for (text, value) in values_of_texts(table) {
        index.insert_new(text.as_str(), value);
    }
    index
}

/// Normalised text to value; `None` where two values share a text.
fn values_of_texts<V: Copy + PartialEq>(table: &[(V, &str)]) -> BTreeMap<String, Option<V>> {
    let mut map = BTreeMap::new();
    for &(value, texts) in table {
        for text in texts.split('|') {
            map.entry(normalise_header(text))
                .and_modify(|known| {
                    if *known != Some(value) {
                        *known = None;
                    }
                })
                .or_insert(Some(value));
        }
    }
    map
}

pub(super) fn look_up<V: Copy>(index: &Index<V>, text: &str) -> Option<V> {
    // Keys are written as they compare, and stand in most exports.
    index.get(text).or_else(|| index.get(&normalise_header(text))).copied().flatten()
}

/// The state of an order or of its line.
#[must_use]
pub fn state(text: &str) -> Option<StateValue> {
    static INDEX: Index<StateValue> = LazyLock::new(|| index(STATES));
    look_up(&INDEX, text)
}

/// An invoicing policy, drawdown's own names included.
#[must_use]
pub fn policy(text: &str) -> Option<PolicyValue> {
    static INDEX: Index<PolicyValue> = LazyLock::new(|| index(POLICIES));
    look_up(&INDEX, text)
}

/// The method of `qty_delivered_method` (12 and later).
#[must_use]
pub fn delivered_method(text: &str) -> Option<MethodValue> {
    static INDEX: Index<MethodValue> = LazyLock::new(|| index(METHODS));
    look_up(&INDEX, text)
}

/// A service policy. `ordered_prepaid` and `ordered_timesheet` are one value.
#[must_use]
pub fn service_policy(text: &str) -> Option<ServicePolicyValue> {
    static INDEX: Index<ServicePolicyValue> = LazyLock::new(|| index(SERVICE_POLICIES));
    look_up(&INDEX, text)
}

/// A service type.
#[must_use]
pub fn service_type(text: &str) -> Option<ServiceTypeValue> {
    static INDEX: Index<ServiceTypeValue> = LazyLock::new(|| index(SERVICE_TYPES));
    look_up(&INDEX, text)
}

/// The value of `track_service`.
#[must_use]
pub fn track_service(text: &str) -> Option<TrackServiceValue> {
    static INDEX: Index<TrackServiceValue> = LazyLock::new(|| index(TRACK_SERVICES));
    look_up(&INDEX, text)
}

/// A tracking by drawdown's own names.
#[must_use]
pub fn tracking(text: &str) -> Option<TrackingValue> {
    static INDEX: Index<TrackingValue> = LazyLock::new(|| index(TRACKINGS));
    look_up(&INDEX, text)
}

/// The value of `invoice_status`, drawdown's own names included.
#[must_use]
pub fn invoice_status(text: &str) -> Option<InvoiceStatusValue> {
    static INDEX: Index<InvoiceStatusValue> = LazyLock::new(|| index(INVOICE_STATUSES));
    look_up(&INDEX, text)
}

/// What an adjustment is, by drawdown's own names.
#[must_use]
pub fn adjustment(text: &str) -> Option<AdjustmentValue> {
    static INDEX: Index<AdjustmentValue> = LazyLock::new(|| index(ADJUSTMENTS));
    look_up(&INDEX, text)
}

/// A product type.
#[must_use]
pub fn product_type(text: &str) -> Option<ProductTypeValue> {
    static INDEX: Index<ProductTypeValue> = LazyLock::new(|| index(PRODUCT_TYPES));
    look_up(&INDEX, text)
}

/// A unit type (18 and before).
#[must_use]
pub fn unit_type(text: &str) -> Option<UnitTypeValue> {
    static INDEX: Index<UnitTypeValue> = LazyLock::new(|| index(UNIT_TYPES));
    look_up(&INDEX, text)
}

/// A display type; blank, hence `None`, for a line that sells something.
#[must_use]
pub fn display_type(text: &str) -> Option<DisplayTypeValue> {
    static INDEX: Index<DisplayTypeValue> = LazyLock::new(|| index(DISPLAY_TYPES));
    look_up(&INDEX, text)
}

/// A truth value in any of the five languages; blank and unknown text are `None`.
#[must_use]
pub fn truth(text: &str) -> Option<bool> {
    static INDEX: Index<bool> = LazyLock::new(|| index(TRUTHS));
    look_up(&INDEX, text)
}

const TRUTHS: &[(bool, &str)] = &[
    (true, "true|1|yes|y|t|x|on|ja|wahr|oui|vrai|sí|verdadero|是|真|✓|✔|☑"),
    (false, "false|0|no|n|f|off|nein|falsch|non|faux|falso|否|假|☐"),
];

const STATES: &[(StateValue, &str)] = &[
    (StateValue::Draft, "draft|Quotation|报价单|报价|Devis|Angebot|Presupuesto"),
    (
        StateValue::Sent,
        "sent|Quotation Sent|报价单送出|报价已发送|已发送报价单|Devis envoyé|Envoyé|\
         Angebot gesendet|Presupuesto enviado",
    ),
    (
        StateValue::Sale,
        "sale|Sales Order|销售订单|Bon de commande|Commande client|Verkaufsauftrag|\
         Pedido de venta",
    ),
    (StateValue::Done, "done|Locked|已锁定|Bloqué|Verrouillé|Gesperrt|Bloqueado"),
    (StateValue::Cancel, "cancel|canceled|Cancelled|已取消|Annulé|Abgebrochen|Storniert|Cancelado"),
];

const POLICIES: &[(PolicyValue, &str)] = &[
    (
        PolicyValue::Ordered,
        "order|ordered|Ordered quantities|订购数量|订单数量|Quantités commandées|\
         Rechnung bei Auftrag|Bestellte Mengen|Cantidades pedidas",
    ),
    (
        PolicyValue::Delivered,
        "delivery|delivered|Delivered quantities|已交货数量|已交付数量|交付数量|Qtés livrées|\
         Quantités livrées|Rechnung bei Lieferung|Gelieferte Mengen|Cantidades entregadas",
    ),
];

const METHODS: &[(MethodValue, &str)] = &[
    (
        MethodValue::Timesheet,
        "timesheet|Timesheets|工时表|工时单|Feuilles de temps|Zeiterfassung|Partes de horas",
    ),
    (MethodValue::Manual, "manual|手动|Manuel|Manuelle|Manuell"),
    (MethodValue::Milestones, "milestones|里程碑|Jalons|Meilensteine|Hitos"),
    (
        MethodValue::StockMove,
        "stock_move|Stock Moves|库存移动|Mouvements de stocks|Mouvements de stock|\
         Lagerbuchungen|Movimientos de stock",
    ),
    (
        MethodValue::Analytic,
        "analytic|Analytic From Expenses|分析费用|费用分析|Analytique des dépenses|\
         Analytique des notes de frais|Analyse der Ausgaben|Kostenrechnung aus Auslagen|\
         Analítico para gastos",
    ),
];

const SERVICE_POLICIES: &[(ServicePolicyValue, &str)] = &[
    (
        ServicePolicyValue::OrderedTimesheet,
        "ordered_timesheet|ordered_prepaid|Ordered quantities|Prepaid|Prepaid/Fixed Price|\
         订购数量|预付/固定价格|Quantités commandées|Prépayé|Prépayé / Prix Fixé|\
         Rechnung bei Auftrag|Prepaid/Festpreis|Cantidades pedidas|Prepago|\
         Pago por adelantado/Precio fijo|Vorkasse/Festpreis|Prepago/Precio fijo",
    ),
    (
        ServicePolicyValue::DeliveredTimesheet,
        "delivered_timesheet|Timesheets on tasks|Based on Timesheets|任务上的工时表|\
         基于工时表|Feuilles de temps sur les tâches|Basé sur les Feuilles de Temps|\
         Stundenzettel für Aufgaben|Basierend auf Zeiterfassungen|Partes de horas en tareas|\
         Basado en hojas de horas|Según los partes de horas|Basada en los partes de horas",
    ),
    (
        ServicePolicyValue::DeliveredManual,
        "delivered_milestones|Based on Milestones|基于里程碑|Basé sur les jalons|\
         Basierend auf Meilensteinen|Basado en objetivos|Basado en hitos",
    ),
    (
        ServicePolicyValue::DeliveredManual,
        "delivered_manual|Milestones (manually set quantities on order)|Based on Milestones|\
         里程碑（在订单上手动设置数量）|基于里程碑|\
         Étapes importantes (quantités définies manuellement dans la commande)|\
         Basé sur les jalons|Meilensteine (manuell festgelegte Menge bei Bestellung)|\
         Basierend auf Milestones|Objetivos (marcados manualmente en el pedido)|\
         Basado en objetivos|Based on Delivered Quantity (Manual)|基于交付数量（手动）|\
         Basé sur la quantité livrée (manuelle)|Basierend auf gelieferter Menge (Manuell)|\
         Basado en cantidad entregada (manual)",
    ),
];

const SERVICE_TYPES: &[(ServiceTypeValue, &str)] = &[
    (
        ServiceTypeValue::Manual,
        "manual|Manually set quantities on order|在订单中手动设置数量|\
         Mettre manuellement les quantités sur la commande|Mengen manuell im Auftrag setzen|\
         Establecer cantidades manualmente en pedidos",
    ),
    (
        ServiceTypeValue::Timesheet,
        "timesheet|Timesheets on project (one fare per SO/Project)|\
         时间表项目（一个票价每/项目）|工时表项目（一个票价每/项目）|\
         Feuilles de temps pour les projets (un tarif par vente/projet)|\
         Zeiterfassung bei Projekt (ein Preis pro Verkaufsauftrag / Projekt)|\
         Zeiterfassungen bei Projekt (ein Preis pro Verkaufsauftrag/Projekt)|\
         Planilla de horas en el proyecto (una tarifa por PV/Proyecto)|\
         Partes de horas en el proyecto (un precio por pedido de venta/proyecto)",
    ),
    (
        ServiceTypeValue::Milestones,
        "milestones|Project Milestones|项目里程碑|Jalons du projet|Projektmeilensteine|\
         Objetivos del proyecto|Hitos del proyecto",
    ),
];

const TRACK_SERVICES: &[(TrackServiceValue, &str)] = &[
    (
        TrackServiceValue::Manual,
        "manual|Manually set quantities on order|在订单中手动设置数量|\
         Mettre manuellement les quantités sur la commande|\
         Mengen manuell in Bestellungen setzen|Establecer cantidades manualmente en pedidos",
    ),
    (
        TrackServiceValue::Task,
        "task|Create a task and track hours|创建任务并跟踪时数|\
         Créer une tâche et pister les heures|Erstelle eine Aufgabe und verfolge die Stunden|\
         Crear una tarea y da seguimiento a las horas",
    ),
    (
        TrackServiceValue::Timesheet,
        "timesheet|Timesheets on project|项目的工时表|Feuilles de Temps sur les projets|\
         Stundenzettel auf Projekten|Hojas de trabajo del proyecto",
    ),
];

const TRACKINGS: &[(TrackingValue, &str)] = &[
    (TrackingValue::Contract, "contract"),
    (TrackingValue::Task, "task"),
    (TrackingValue::Manual, "manual"),
    (TrackingValue::None, "none"),
];

const INVOICE_STATUSES: &[(InvoiceStatusValue, &str)] = &[
    (
        InvoiceStatusValue::Upselling,
        "upselling|Upselling Opportunity|加售商机|Opportunité de vente incitative|\
         Upselling-Verkaufschance|Oportunidad de venta adicional",
    ),
    (
        InvoiceStatusValue::Invoiced,
        "invoiced|Fully Invoiced|已全额开票|Entièrement facturé|Komplett abgerechnet|\
         Completamente facturado",
    ),
    (
        InvoiceStatusValue::ToInvoice,
        "to invoice|to_invoice|待开票|À facturer|Abzurechnen|A facturar",
    ),
    (
        InvoiceStatusValue::No,
        "no|Nothing to Invoice|没有待开票项目|Rien à facturer|Nichts abzurechnen|\
         Nada que facturar",
    ),
];

const ADJUSTMENTS: &[(AdjustmentValue, &str)] = &[
    (AdjustmentValue::Opening, "opening"),
    (AdjustmentValue::Goodwill, "goodwill"),
    (AdjustmentValue::WriteOff, "write_off|write off|write-off"),
    (AdjustmentValue::BilledElsewhere, "billed_elsewhere|billed elsewhere"),
];

const PRODUCT_TYPES: &[(ProductTypeValue, &str)] = &[
    (ProductTypeValue::Service, "service|服务|Dienstleistung|Servicio"),
    (
        ProductTypeValue::Goods,
        "consu|product|combo|goods|Consumable|可消耗|能消耗|实物|Consommable|\
         Produit consommable|Marchandises|Biens|Verbrauchsartikel|Güter|Consumible|Bienes|\
         Stockable Product|Storable Product|可库存产品|Produit stockable|Lagerprodukt|\
         Einlagerbares Produkt|Almacenable|Producto almacenable|组合|Kombination|Kombi|\
         Combinación",
    ),
];

const UNIT_TYPES: &[(UnitTypeValue, &str)] = &[
    (
        UnitTypeValue::Bigger,
        "bigger|Bigger than the reference Unit of Measure|大于参考单位|大于参照单位|\
         Plus grand que l'unité de mesure de référence|\
         Plus grande que l'unité de mesure de référence|Größer als die Referenzmengeneinheit|\
         Größer als die Referenzeinheit|Más grande que la unidad de medida de referencia",
    ),
    (
        UnitTypeValue::Reference,
        "reference|Reference Unit of Measure for this category|这个类别的参考计量单位|\
         这个类别的参照计量单位|Unité de mesure de référence pour cette catégorie|\
         Referenz Mengeneinheit dieser Kategorie|Referenzmaßeinheit dieser Kategorie|\
         Unidad de medida de referencia para esta categoría",
    ),
    (
        UnitTypeValue::Smaller,
        "smaller|Smaller than the reference Unit of Measure|小于参考计量单位|小于参照计量单位|\
         Plus petit que l'unité de référence|Plus petite que l'unité de mesure de référence|\
         Kleiner als die Referenzeinheit|Más pequeña que la unidad de medida de referencia",
    ),
];

const DISPLAY_TYPES: &[(DisplayTypeValue, &str)] = &[
    (
        DisplayTypeValue::Section,
        "line_section|line_subsection|Section|部分|章节|节|小节|Sektion|Abschnitt|Sección|\
         Subsection|Sous-section|Unterabschnitt|Subsección",
    ),
    (DisplayTypeValue::Note, "line_note|Note|备注|便签|笔记|注释|Notiz|Nota"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of a table that stand for more than one of its values.
    fn ambiguous<V: Copy + PartialEq>(table: &[(V, &str)]) -> Vec<String> {
        let shared = values_of_texts(table).into_iter().filter(|(_, value)| value.is_none());
        shared.map(|(text, _)| text).collect()
    }

    #[test]
    fn no_text_means_two_values() {
        assert!(ambiguous(STATES).is_empty());
        assert!(ambiguous(POLICIES).is_empty());
        assert!(ambiguous(METHODS).is_empty());
        assert!(ambiguous(SERVICE_TYPES).is_empty());
        assert!(ambiguous(TRACK_SERVICES).is_empty());
        assert!(ambiguous(TRACKINGS).is_empty());
        assert!(ambiguous(ADJUSTMENTS).is_empty());
        assert!(ambiguous(INVOICE_STATUSES).is_empty());
        assert!(ambiguous(PRODUCT_TYPES).is_empty());
        assert!(ambiguous(UNIT_TYPES).is_empty());
        assert!(ambiguous(DISPLAY_TYPES).is_empty());
        assert!(ambiguous(TRUTHS).is_empty());
        assert!(ambiguous(SERVICE_POLICIES).is_empty());
        // Manual in 15, milestones from 16 on: invoiced alike.
        for text in ["Based on Milestones", "delivered_milestones", "Basado en hitos"] {
            assert_eq!(service_policy(text), Some(ServicePolicyValue::DeliveredManual));
        }
    }

    #[test]
    fn states_in_five_languages() {
        for text in [
            "sale",
            "Sales Order",
            "销售订单",
            "Bon de commande",
            "Commande client",
            "Verkaufsauftrag",
            " PEDIDO de venta ",
        ] {
            assert_eq!(state(text), Some(StateValue::Sale), "{text}");
        }
        assert_eq!(state("Gesperrt"), Some(StateValue::Done));
        assert_eq!(state("Envoyé"), Some(StateValue::Sent));
        assert_eq!(state("报价"), Some(StateValue::Draft));
        assert_eq!(state("cancelled"), Some(StateValue::Cancel));
        assert_eq!(state(""), None);
        assert_eq!(state("sale (3)"), None);
    }

    #[test]
    fn policies_and_tracking() {
        assert_eq!(policy("ordered"), Some(PolicyValue::Ordered));
        assert_eq!(policy("order"), Some(PolicyValue::Ordered));
        assert_eq!(policy("Rechnung bei Auftrag"), Some(PolicyValue::Ordered));
        assert_eq!(policy("已交货数量"), Some(PolicyValue::Delivered));
        assert_eq!(service_policy("ordered_prepaid"), Some(ServicePolicyValue::OrderedTimesheet));
        assert_eq!(
            service_policy("Prépayé / Prix Fixé"),
            Some(ServicePolicyValue::OrderedTimesheet)
        );
        assert_eq!(service_policy("Prépayé/Prix fixe"), Some(ServicePolicyValue::OrderedTimesheet));
        assert_eq!(service_policy("基于交付数量(手动)"), Some(ServicePolicyValue::DeliveredManual));
        assert_eq!(
            service_type("Planilla de horas en el proyecto (una tarifa por PV/Proyecto)"),
            Some(ServiceTypeValue::Timesheet)
        );
        assert_eq!(track_service("Create a task and track hours"), Some(TrackServiceValue::Task));
        assert_eq!(delivered_method("Feuilles de temps"), Some(MethodValue::Timesheet));
        assert_eq!(delivered_method("stock_move"), Some(MethodValue::StockMove));
        assert_eq!(delivered_method("Timesheet on project"), None);
        assert_eq!(tracking("none"), Some(TrackingValue::None));
        assert_eq!(tracking("Contract"), Some(TrackingValue::Contract));
    }

    #[test]
    fn kinds_of_product_unit_and_line() {
        for text in ["consu", "product", "combo", "goods", "Güter", "Lagerprodukt", "组合"] {
            assert_eq!(product_type(text), Some(ProductTypeValue::Goods), "{text}");
        }
        assert_eq!(product_type("Servicio"), Some(ProductTypeValue::Service));
        assert_eq!(unit_type("Größer als die Referenzmengeneinheit"), Some(UnitTypeValue::Bigger));
        assert_eq!(unit_type("reference"), Some(UnitTypeValue::Reference));
        assert_eq!(display_type("Sous-section"), Some(DisplayTypeValue::Section));
        assert_eq!(display_type("line_note"), Some(DisplayTypeValue::Note));
        assert_eq!(display_type("小节"), Some(DisplayTypeValue::Section));
    }

    #[test]
    fn truth_and_blank() {
        for text in ["True", "TRUE", "1", "yes", "x", "Ja", "oui", "Sí", "si", "是"] {
            assert_eq!(truth(text), Some(true), "{text}");
        }
        for text in ["False", "0", "no", "nein", "Non", "否"] {
            assert_eq!(truth(text), Some(false), "{text}");
        }
        for text in ["", "  ", "maybe", "2"] {
            assert_eq!(truth(text), None, "{text}");
        }
    }
}
