//! The schema that headers are read against: per model its fields, under their
//! technical names and under every label that Odoo 10 to 19 gave them in English,
//! Chinese, French, German and Spanish. Data only; the reading is in `fields`.

use super::fields::Field::{
    self, Active, AnalyticDistribution, BillableType, Category, CategoryDatabaseId, CategoryId,
    Client, CombinedRatio, Contract, ContractCode, ContractDatabaseId, ContractId, ContractName,
    Currency, Customer, Date, Delivered, DeliveredMethod, Description, Discount, DisplayType,
    DownPayment, Employee, Factor, FactorInverse, InvoicePolicy, Invoiced, LineDatabaseId, LineId,
    LineLabel, LineState, Locked, Order, OrderDatabaseId, OrderDate, OrderId, OrderInvoiceStatus,
    OrderState, Ordered, Price, Product, ProductCode, ProductDatabaseId, ProductId, ProductName,
    ProductTemplateDatabaseId, ProductTemplateId, ProductType, Project, ProjectDatabaseId,
    ProjectId, Quantity, RelativeFactor, RelativeUnit, RelativeUnitId, Rounding, Salesperson,
    Sequence, ServicePolicy, ServiceTracking, ServiceType, Subtotal, Tags, Task, TaskDatabaseId,
    TaskId, TrackService, Unit, UnitDatabaseId, UnitId, UnitType, UpsellThreshold, User,
    VariantDatabaseId, VariantId, Written,
};

mod trackers;

use trackers::TRACKED_TIME;

/// A kind of record whose fields a header can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Model {
    SaleOrderLine,
    SaleOrder,
    AnalyticLine,
    /// An entry of a time tracker's report.
    TrackedTime,
    Product,
    Task,
    Project,
    Uom,
    UomCategory,
    AnalyticAccount,
    Named,
    Lead,
    Activity,
}

impl Model {
    /// Every model.
    pub(super) const ALL: [Self; 13] = [
        Self::SaleOrderLine,
        Self::SaleOrder,
        Self::AnalyticLine,
        Self::TrackedTime,
        Self::Product,
        Self::Task,
        Self::Project,
        Self::Uom,
        Self::UomCategory,
        Self::AnalyticAccount,
        Self::Named,
        Self::Lead,
        Self::Activity,
    ];

    /// The model's fields, in the order in which a shared label is tried.
    pub(super) fn entries(self) -> &'static [Entry] {
        match self {
            Self::SaleOrderLine => SALE_ORDER_LINE,
            Self::SaleOrder => SALE_ORDER,
            Self::AnalyticLine => ANALYTIC_LINE,
            Self::TrackedTime => TRACKED_TIME,
            Self::Product => PRODUCT_FIELDS,
            Self::Task => TASK_FIELDS,
            Self::Project => PROJECT_FIELDS,
            Self::Uom => UOM,
            Self::UomCategory => UOM_CATEGORY,
            Self::AnalyticAccount => ANALYTIC_ACCOUNT,
            Self::Named => &[],
            Self::Lead => LEAD,
            Self::Activity => ACTIVITY,
        }
    }
}

/// Another record that a column points at, and what its handles mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Relation {
    pub model: Model,
    /// What the bare column shows: the other record's display name.
    pub display: Option<Field>,
    pub id: Option<Field>,
    pub database_id: Option<Field>,
}

/// What a field of a model leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Field(Field),
    /// One other record.
    One(Relation),
    /// Rows of their own below this one.
    Many(Relation),
    /// Named so that it counts as understood and is not taken for a misspelling.
    Nothing,
}

/// One field of a model.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Technical names, separated by `|`.
    pub technical: &'static str,
    /// Labels, separated by `|`.
    pub labels: &'static str,
    pub to: To,
    /// Still means the same when the model is reached from another record.
    pub far: bool,
    /// Gives way to any other column for the same field.
    pub weak: bool,
}

const fn near(technical: &'static str, to: To, labels: &'static str) -> Entry {
    Entry { technical, labels, to, far: false, weak: false }
}

const fn far(technical: &'static str, to: To, labels: &'static str) -> Entry {
    Entry { technical, labels, to, far: true, weak: false }
}

const fn weak(technical: &'static str, to: To, labels: &'static str) -> Entry {
    Entry { technical, labels, to, far: false, weak: true }
}

const fn known(technical: &'static str, labels: &'static str) -> Entry {
    Entry { technical, labels, to: To::Nothing, far: false, weak: false }
}

const fn relation(model: Model, display: Field, id: Field, database_id: Field) -> Relation {
    Relation { model, display: Some(display), id: Some(id), database_id: Some(database_id) }
}

const fn named(display: Field) -> Relation {
    Relation { model: Model::Named, display: Some(display), id: None, database_id: None }
}

const LINE: Relation = relation(Model::SaleOrderLine, LineLabel, LineId, LineDatabaseId);
const ORDER: Relation = relation(Model::SaleOrder, Order, OrderId, OrderDatabaseId);
const PRODUCT: Relation = relation(Model::Product, Product, ProductId, ProductDatabaseId);
const TEMPLATE: Relation =
    relation(Model::Product, Product, ProductTemplateId, ProductTemplateDatabaseId);
const TASK: Relation = relation(Model::Task, Task, TaskId, TaskDatabaseId);
const PROJECT: Relation = relation(Model::Project, Project, ProjectId, ProjectDatabaseId);
const UNIT: Relation = relation(Model::Uom, Unit, UnitId, UnitDatabaseId);
const CATEGORY: Relation = relation(Model::UomCategory, Category, CategoryId, CategoryDatabaseId);

/// The analytic account. Public to the reader, which follows it for the second
/// "Project" of a timesheet.
pub(super) const ACCOUNT: Relation =
    relation(Model::AnalyticAccount, Contract, ContractId, ContractDatabaseId);

/// A variant's own name would only repeat the template's.
const TEMPLATE_OF_VARIANT: Relation = Relation { display: None, ..TEMPLATE };

/// Only the handles of a template's variants are wanted.
const VARIANT: Relation = Relation {
    model: Model::Named,
    display: None,
    id: Some(VariantId),
    database_id: Some(VariantDatabaseId),
};

const RELATIVE_UNIT: Relation = Relation {
    model: Model::Named,
    display: Some(RelativeUnit),
    id: Some(RelativeUnitId),
    database_id: None,
};

/// Headings of the external id beside its technical name `id`.
pub(super) const EXTERNAL_ID: &str = "External ID|外部 ID|外部ID|ID externe|Externe ID|ID externo";

/// Headings of an id of either kind: the companions tell.
pub(super) const PLAIN_ID: &str = "ID|ID (identificación)|Identificación";

/// A record's own name, as a subfield of a column that points at it.
pub(super) const NAME: &str = "name|Name|名称|名字|Nom|Nombre";

/// A record's display name, as a subfield.
pub(super) const DISPLAY_NAME: &str = "display_name|Display Name|显示名称|Nom affiché|Nom d'affichage|Anzeigename|Nombre mostrado|\
     Nombre para mostrar|Nombre a mostrar";

/// The project's label in a timesheet, which also heads the analytic account
/// where that is named after its plan (17 and later).
pub(super) const PROJECT_LABEL: &str = "Project|项目|Projet|Projekt|Proyecto";

/// The contract of a project in 10 and 11, where a project's own name is
/// labelled "Analytic Account".
pub(super) const CONTRACT_OF_PROJECT_TEN: &str =
    "Contract/Analytic|合同/分析|Contrat / analytique|Vertrag / Analyse Konto|Contrato/Analítica";

/// The label "Analytic Account".
pub(super) const ANALYTIC_ACCOUNT_LABEL: &str =
    "Analytic Account|分析账户|Compte analytique|Analysekonto|Kostenstelle|Cuenta analítica";

/// An order line. Only the order is worth following from elsewhere.
#[rustfmt::skip]
const SALE_ORDER_LINE: &[Entry] = &[
    far("order_id", To::One(ORDER),
        "Order Reference|订单关联|订单参照|订单参考号|Référence commande|\
         Référence de la commande|Référence de commande|Auftragsreferenz|Referencia del pedido"),
    near("state", To::Field(LineState),
        "Order Status|订单状态|État de la commande|Statut de la commande|Auftragsstatus|\
         Estado del pedido"),
    near("order_partner_id", To::One(named(Customer)), "Customer|客户|Client|Kunde|Cliente"),
    near("salesman_id", To::One(named(Salesperson)),
        "Salesperson|销售员|销售人员|Vendeur|Verkäufer|Vertriebsmitarbeiter|Comercial"),
    near("sequence", To::Field(Sequence),
        "序号|序列|单号规则|Reihenfolge|Nummernfolge|Sequenz|Secuencia"),
    near("product_id", To::One(PRODUCT), "Product|产品|Article|Produit|Produkt|Producto"),
    weak("product_template_id", To::One(TEMPLATE),
        "Product Template|产品模板|Modèle d'article|Modèle de produit|Produktvorlage|\
         Plantilla de producto"),
    near("name", To::Field(Description), "Description|说明|描述|Beschreibung|Descripción"),
    near("product_uom_qty", To::Field(Ordered),
        "Quantity|Ordered Quantity|数量|订购数量|Quantité|Quantité commandée|Menge|\
         Bestellte Menge|Cantidad|Cantidad Pedida"),
    near("product_uom|product_uom_id", To::One(UNIT),
        "Unit of Measure|计量单位|Unité de mesure|Mengeneinheit|Maßeinheit|Unidad de medida|Unit|\
         单元|Unité|Einheit|Unidad"),
    near("qty_delivered", To::Field(Delivered),
        "Delivered|Delivered Quantity|Delivery Quantity|已送货|已交货数量|已交付数量|交货数量|\
         交付数量|Livré|Qté livrée|Quantité de livraison|Ausgeliefert|Gelieferte Menge|\
         Liefermenge|Entregado|Cantidad Entregada|Cantidad de entrega"),
    near("qty_delivered_method", To::Field(DeliveredMethod),
        "Method to update delivered qty|更新数量的方法|更新已交付数量的方法|\
         Appliquer des routes spécifiques|Méthode de mise à jour des des quantités livrées|\
         Méthode de mise à jour des quantités livrées|\
         Methode zum Aktualisieren der gelieferten Menge|\
         Método para actualizar la cantidad entregada"),
    near("qty_invoiced", To::Field(Invoiced),
        "Invoiced|Invoiced Quantity|已开票|已开发票数量|已开结算单数量|已开具发票的数量|Facturé|\
         Quantité facturée|Abgerechnet|Abgerechnete Menge|Facturado|Cantidad Facturada"),
    near("price_unit", To::Field(Price),
        "Unit Price|单价|Prix unitaire|Preis pro ME|Stückpreis|Einzelpreis|Precio unitario"),
    near("discount", To::Field(Discount),
        "Discount (%)|折扣(%)|折扣 (%)|Remise (%)|Rabatt (%)|Descuento (%)"),
    near("currency_id", To::One(named(Currency)), "Currency|币种|货币|币别|Devise|Währung|Moneda"),
    near("price_subtotal", To::Field(Subtotal), "Subtotal|小计|Sous-total|Zwischensumme"),
    near("display_type", To::Field(DisplayType),
        "Display Type|显示类型|Type d'affichage|Anzeigetyp|Display-Typ|Tipo de pantalla"),
    near("is_downpayment", To::Field(DownPayment),
        "Is a down payment|是首付款吗？|是预付款吗|是预支付吗|是预付款|Est un acompte|\
         Ist eine Anzahlung|Es un pago anticipado|Es un anticipo"),
    near("task_id", To::One(TASK),
        "Task|Generated Task|任务|生成任务|Tâche|Tâche Générée|Aufgabe|Generierte Aufgabe|Tarea|\
         Tareas generadas|Tarea generada"),
    near("project_id", To::One(PROJECT),
        "Generated Project|生成的项目|Projet Généré|Generiertes Projekt|Proyecto generado"),
    near("analytic_distribution", To::Field(AnalyticDistribution),
        "Analytic|Analytic Distribution|分析会计|分析分配|分析分摊|Analytique|\
         Distribution Analytique|Répartition Analytique|Kostenstelle|Kostenverteilung|Analítico|\
         Distribución analítica"),
    near("product_type", To::Field(ProductType),
        "Product Type|产品类型|Type d'article|Type de produit|Produktart|Tipo de producto"),
    near("service_tracking", To::Field(ServiceTracking),
        "Service Tracking|Create on Order|服务跟踪|按订单创建|Suivi du service|\
         Créer à la commande|Dienstverfolgung|Bei Auftrag erstellen|Seguimiento del servicio|\
         Crear en la orden|Crear en el pedido|Crear al confirmar el pedido"),
    near("display_name", To::Field(LineLabel),
        "Display Name|显示名称|Nom affiché|affichage nom|Afficher Nom|Nom d'affichage|\
         Anzeigename|Nombre a mostrar|Nombre mostrado|Nombre para mostrar"),
    known("qty_delivered_manual",
        "Delivered Manually|手动发货|已手动交付数量|Livré Manuellement|Manuell geliefert|\
         Entregado Manualmente"),
    known("qty_delivered_updateable",
        "Can Edit Delivered|已交付的可编辑|Peut éditer livré|\
         Kann gelieferte Auftragszeilen anpassen|Puede Modificar Entregado"),
    known("qty_to_invoice",
        "To Invoice|To Invoice Quantity|Quantity To Invoice|待开票|发票数量|结算单数量|\
         待开票数量|À facturer|Quantitée à facturer|Quantité à facturer|Abzurechnen|\
         Rechnungsmenge|Abzurechnende Menge|A facturar|Cantidad a Facturar"),
    known("price_total", "Total|总计|合计|Gesamtbetrag|Gesamt"),
    known("price_tax", ""),
    known("invoice_status",
        "Invoice Status|发票状态|结算单状态|État de la facture|Statut de la facture|\
         Status Rechnung|Rechnungsstatus|Estado factura|Estado de la factura"),
    known("layout_category_id", "Section|小节|Sektion|Sección"),
    known("is_service",
        "Is service|Is a Service|是服务|est un service|Ist eine Dienstleistung|Es un servicio"),
    known("is_expense", ""),
    known("analytic_tag_ids",
        "Analytic Tags|分析标签|Étiquettes analytiques|Kostenstellen Tags|Etiquetas analíticas"),
    known("remaining_hours",
        "Remaining Hours on SO|Time Remaining on SO|剩余小时数|销售订单上的剩余时数|\
         Heures restantes sur le bon de commande|Temps restant sur les bons de commande|\
         Verbleibende Stunden im Verkaufsauftrag|Im Verkaufsauftrag verbleibende Zeit|\
         Horas restantes en el pedido de venta|Horas restantes en la orden de venta|\
         Tiempo restante en el pedido de venta"),
    known("remaining_hours_available",
        "Remaining Hours Available|可用剩余小时数|Heures restantes disponibles|\
         Verbleibende Stunden|Horas restantes disponibles"),
    known("has_displayed_warning_upsell", "Has Displayed Warning Upsell"),
    known("analytic_line_ids",
        "Analytic lines|分析明细行|分析行|Lignes analytiques|Kostenstellen-Buchungen|\
         Kostenstellenbuchungen|Líneas analíticas"),
    known("customer_lead", ""),
    known("untaxed_amount_to_invoice", ""),
    known("untaxed_amount_invoiced", ""),
    known("tax_id", ""),
    known("company_id", "Company|公司|Société|Unternehmen|Compañía"),
    known("create_date", "Created on|创建日期|Créé le|Erstellt am|Creado el"),
    known("write_date", ""),
];

/// An order. `project_id` is the contract in Odoo 10 and a project from 13 on: the label tells, and for the technical name the companions.
#[rustfmt::skip]
const SALE_ORDER: &[Entry] = &[
    far("name", To::Field(Order),
        "Order Reference|订单关联|订单参照|订单参考号|Référence commande|\
         Référence de la commande|Référence de commande|Auftragsreferenz|Referencia del pedido"),
    far("partner_id", To::One(named(Customer)), "Customer|客户|Client|Kunde|Cliente"),
    far("date_order", To::Field(OrderDate),
        "Order Date|订购日期|单据日期|订单日期|Date de la commande|Bestelldatum|Auftragsdatum|\
         Fecha de pedido"),
    far("state", To::Field(OrderState), "Status|状态|État|Statut|Estado"),
    far("locked", To::Field(Locked), "已锁定|Verrouillé|Gesperrt|Bloqueado"),
    far("user_id", To::One(named(Salesperson)),
        "Salesperson|销售员|销售人员|Vendeur|Verkäufer|Vertriebsmitarbeiter|Comercial"),
    far("currency_id", To::One(named(Currency)), "Currency|币种|货币|币别|Devise|Währung|Moneda"),
    far("related_project_id|analytic_account_id|project_account_id", To::One(ACCOUNT),
        "Analytic Account|分析账户|Compte analytique|Analysekonto|Cuenta analítica|Kostenstelle|\
         Project Account|项目账户|Compte de projet|Projektkonto|Cuenta del proyecto"),
    near("project_id", To::One(PROJECT), "Project|项目|Projet|Projekt|Proyecto"),
    near("order_line", To::Many(LINE),
        "Order Lines|订单行|订单明细|Lignes de la commande|Lignes de commande|Auftragszeilen|\
         Auftragspositionen|Líneas del pedido"),
    weak("display_name", To::Field(Order),
        "Display Name|显示名称|Nom affiché|affichage nom|Afficher Nom|Nom d'affichage|\
         Anzeigename|Nombre a mostrar|Nombre mostrado|Nombre para mostrar"),
    known("confirmation_date",
        "Confirmation Date|确认日期|Date de confirmation|Bestätigung am|Fecha confirmación"),
    known("validity_date", "Expiration|有效期至|Gültigkeit|Vencimiento"),
    known("team_id",
        "Sales Team|Sales Channel|销售团队|销售渠道|Équipe commerciale|Equipe de vente|\
         Verkaufsteam|Vertriebskanal|Equipo de ventas|Canal de Ventas"),
    far("invoice_status", To::Field(OrderInvoiceStatus),
        "Invoice Status|发票状态|结算单状态|État de la facture|Statut de la facture|\
         Status Rechnung|Rechnungsstatus|Estado factura|Estado de la factura"),
    known("pricelist_id",
        "Pricelist|价格表|价目表|Liste de prix|Preisliste|Tarifa|Lista de precios"),
    known("client_order_ref",
        "Customer Reference|客户单号|客户参照|客户参考|客户订单号|客户参考号|Référence client|\
         Kundenreferenz|Referencia cliente|Referencia del cliente"),
    known("tasks_ids",
        "Tasks associated to this sale|和该销售关联的任务|与该销售关联的任务|\
         Les tâches associées à cette vente|Tâches associées à cette vente|\
         Aufgaben für diesen Auftrag|Tareas asociadas a esta etapa|Tareas asociadas a esta venta"),
    known("origin",
        "Source Document|源单据|源文档|Document d'origine|Referenzbeleg|Documento origen|\
         Documento de origen"),
    known("amount_untaxed",
        "Untaxed Amount|未含税金额|未税金额|未完税金额|Montant HT|Montant hors taxes|Nettobetrag|\
         Base imponible|Monto Imponible|Importe base"),
    known("amount_tax", ""),
    known("amount_total", "Total|总计|合计|Gesamtbetrag|Gesamt"),
    known("tag_ids", "Tags|标签|摘要|Étiquettes|Stichwörter|Etiquetas|Categorías"),
    known("opportunity_id", "Opportunity|商机|Opportunité|Chance|Verkaufschance|Oportunidad"),
    known("activity_state",
        "Activity State|活动状态|Statut de l'activité|Status der Aktivität|Estado de la actividad"),
    known("company_id", "Company|学校|公司|Société|Unternehmen|Compañía"),
    known("create_date",
        "Creation Date|创建日期|创建时间|Date de création|Erzeugt am|Erstellungsdatum|\
         Fecha de Creación"),
    known("write_date", ""),
    known("activity_ids", "Activities"),
];

/// A timesheet entry. Its product is what the hour costs, not what was sold: it is left alone.
#[rustfmt::skip]
const ANALYTIC_LINE: &[Entry] = &[
    near("date", To::Field(Date), "日期|Datum|Fecha"),
    near("employee_id", To::One(named(Employee)), "Employee|员工|Employé|Mitarbeiter|Empleado"),
    near("user_id", To::One(named(User)), "User|用户|Utilisateur|Benutzer|Usuario"),
    near("project_id", To::One(PROJECT), "Project|项目|Projet|Projekt|Proyecto"),
    near("task_id", To::One(TASK), "Task|任务|Tâche|Aufgabe|Tarea"),
    near("so_line", To::One(LINE),
        "Sale Order Line|Sales Order Line|Sales Order Item|销售订单明细|销售订单行|销售订单项目|\
         Ligne de commande|Ligne de bons de commande|Ligne de vente|Article de la commande|\
         Article du bon de commande|Article de la commande client|Auftragspositionen|\
         Auftragsposition|Auftragselement|Verkaufsauftragsposition|Línea pedido de venta|\
         Línea de pedido de venta|Elemento del pedido de venta"),
    near("order_id", To::One(ORDER),
        "Order Reference|订单关联|Référence commande|Référence de commande|Auftragsreferenz|\
         Referencia del pedido"),
    near("account_id", To::One(ACCOUNT),
        "Analytic Account|Project Account|分析账户|辅助核算|分析会计|项目账户|Compte analytique|\
         Compte de projet|Analysekonto|Kostenstelle|Projektkonto|Cuenta analítica|\
         Cuenta del proyecto"),
    near("name", To::Field(Description), "Description|说明|描述|Beschreibung|Descripción"),
    near("unit_amount", To::Field(Quantity), "Quantity|数量|Quantité|Menge|Cantidad"),
    near("product_uom_id", To::One(UNIT),
        "Unit of Measure|Unit|计量单位|单位|单元|Unité de mesure|Unité|Mengeneinheit|Maßeinheit|\
         Einheit|Unidad de medida|Unidad"),
    near("partner_id", To::One(named(Client)),
        "Partner|合作伙伴|业务伙伴|Partenaire|Kunde|Empresa|Socio|Contacto|Customer|Client|客户|\
         Cliente"),
    near("write_date", To::Field(Written), "Last Updated on"),
    known("parent_task_id", "Parent Task|上级任务|Tâche parente|Hauptaufgabe|Tarea padre"),
    known("encoding_uom_id",
        "Encoding Uom|输入计量单位|Unité de Mesure d'Encodage|Einheit für Zeiterfassung|\
         Codierungseinheit|Codificación de UdM|UdM de la codificación"),
    near("timesheet_invoice_type", To::Field(BillableType),
        "Billable Type|计费类型|Type facturable|Type de facturation|Abrechenbarer Typ|\
         Tipo facturable"),
    known("timesheet_invoice_id",
        "Invoice|发票|结算单|Facture|Rechnung|Factura|Facturas de clientes"),
    known("amount", "金额|总额|Montant|Betrag|Importe|Monto"),
    known("product_id", "Product|产品|Article|Produit|Produkt|Producto"),
    known("department_id", "Department|部门|Département|Abteilung|Departamento"),
    known("manager_id", "Manager|管理员|Responsable|Gerente"),
    near("tag_ids", To::One(named(Tags)),
        "Tags|标签|摘要|Étiquettes|Stichwörter|Etiquetas|Categorías"),
    known("category", "类别|Catégorie|Kategorie|Categoría|Etiqueta"),
    known("is_so_line_edited",
        "Is Sales Order Item Manually Edited|是销售订单行手动编辑|\
         Ligne de vente modifiée manuellement?|Article de la commande modifié manuellement ?|\
         Wird die Verkaufsauftragsposition manuell bearbeitet|\
         Se edita manualmente el artículo de la orden de venta|\
         Se edita manualmente el elemento del pedido de venta"),
    known("sheet_id", "Sheet|表|Feuille|Tabelle|Hoja"),
    known("journal_id", ""),
    known("general_account_id", ""),
    known("milestone_id", ""),
    known("company_id", ""),
    known("create_date", ""),
    known("display_name",
        "Display Name|显示名称|Nom affiché|affichage nom|Afficher Nom|Nom d'affichage|\
         Anzeigename|Nombre a mostrar|Nombre mostrado|Mostrar nombre|Nombre para mostrar"),
];

/// A product: template and variant share these names.
#[rustfmt::skip]
const PRODUCT_FIELDS: &[Entry] = &[
    far("name", To::Field(ProductName), "名字|名称|Nom|Nombre"),
    far("default_code", To::Field(ProductCode),
        "Internal Reference|内部参考|内部参照|内部参考号|Référence interne|Interne Referenz|\
         Referencia interna"),
    far("type|detailed_type", To::Field(ProductType),
        "Product Type|产品类型|类型|Type d'article|Type de produit|Produktart|Typ|\
         Tipo de producto|Tipo"),
    far("invoice_policy", To::Field(InvoicePolicy),
        "Invoicing Policy|开票策略|开票原则|Politique de facturation|Fakturierungsregel|\
         Abrechnungspolitik|Política de Facturación"),
    far("service_policy", To::Field(ServicePolicy),
        "Invoice based on|Service Invoicing Policy|服务单开票策略|服务开票策略|\
         Politique de facturation du service|Abrechnungspolitik für Dienstleistungen|\
         Política de facturación de servicios"),
    far("track_service", To::Field(TrackService),
        "Track Service|跟踪服务|Service de suivi|Dienstleistungsverfolgung|\
         Seguimiento del Servicio"),
    far("service_type", To::Field(ServiceType),
        "Track Service|跟踪服务|Service de suivi|Service de tracking|Dienstleistungsverfolgung|\
         Dienstleistung verfolgen|Seguimiento del Servicio"),
    far("service_tracking", To::Field(ServiceTracking),
        "Service Tracking|Create on Order|服务跟踪|按订单创建|Suivi du service|\
         Créer à la commande|Dienstverfolgung|Bei Auftrag erstellen|Seguimiento del servicio|\
         Crear en la orden|Crear en el pedido|Crear al confirmar el pedido"),
    far("service_upsell_threshold", To::Field(UpsellThreshold),
        "Threshold|阈值|Seuil|Grenzwert|Umbral"),
    near("uom_id", To::One(UNIT),
        "Unit of Measure|Unit|计量单位|单位|Unité de mesure|Unité|Mengeneinheit|Maßeinheit|\
         Einheit|Unidad de medida|Unidad"),
    far("product_tmpl_id", To::One(TEMPLATE_OF_VARIANT),
        "Product Template|产品模板|Modèle d'article|Modèle de produit|Produktvorlage|\
         Plantilla de producto"),
    near("product_variant_ids", To::Many(VARIANT), "Products|产品|Produits|Produkte|Productos"),
    near("product_variant_id", To::One(VARIANT), "Product|Produit|Article|Produkt|Producto"),
    near("display_name", To::Field(Product), ""),
    near("active", To::Field(Active), "有效|启用|已启用|Actif|Actif/ve|Aktiv|Activo"),
    known("uom_po_id",
        "Purchase Unit of Measure|Purchase UoM|Purchase Unit|采购计量单位|采购单位|\
         Unité de mesure d'achat|Unité d'achat|UdM achat|Einkauf ME|Einkaufsmaßeinheit|\
         Einkaufseinheit|Unidad de medida compra|UoM de compra|UdM de compra|Unidad de compra"),
    known("uom_name",
        "Unit of Measure Name|Unit Name|单位名称|计量单位名称|Nom de l'Unité de Mesure|\
         Nom de l'unité|Name der Mengeneinheit|Name der Maßeinheit|Name der Einheit|\
         Nombre de Unidad de Medida|Nombre de la unidad"),
    known("service_upsell_threshold_ratio",
        "Service Upsell Threshold Ratio|服务加售销售阈值比率|\
         Ratio de la limite de la montée en gamme du service|\
         Ratio de la limite de la vente incitative du service|\
         Schwellenwertverhältnis für Dienstleistungsupsells|\
         Ratio de umbral de venta de servicios|Ratio de umbral de venta adicional de servicios"),
    known("expense_policy",
        "Re-Invoice Expenses|Re-Invoice Policy|Re-Invoice Costs|重新开票费用|重开收据规则|\
         重新开票成本|Re-facturer les dépenses|Re-facturer les notes de frais|\
         Refacturer les notes de frais|Refacturer les dépenses|Re-facturer les coûts|\
         Spesen weiter verrechnen|Auslagen weiterberechnen|Spesen weiterberechnen|\
         Kosten weiterberechnen|Gastos de Re-factura|Volver a facturar los gastos|\
         Volver a facturar los costes"),
    known("project_id", "Project|项目|Projet|Projekt|Proyecto"),
    known("project_template_id",
        "Project Template|项目模板|Modèle de projet|Projekt-Vorlage|Projektvorlage|\
         Plantilla de proyecto"),
    known("list_price",
        "Sale Price|Sales Price|标价|销售价格|Prix de vente|Verkaufspreis|Precio de venta|\
         Precios de venta"),
    known("standard_price", ""),
    known("categ_id",
        "Internal Category|Product Category|内部类别|产品种类|产品类别|Catégorie interne|\
         Catégorie d'article|Catégorie de produit|Catégorie de produits|Interne Kategorie|\
         Produktkategorie|Categoría interna|Categoría de producto"),
    known("barcode", ""),
    known("sale_ok",
        "Can be Sold|Sales|可用于销售|销售|可销售|Peut être vendu|Ventes|Kann verkauft werden|\
         Verkauf|Puede ser vendido|Ventas"),
    known("purchase_ok", ""),
    known("currency_id", "Currency|币别|Devise|Währung|Moneda"),
    known("company_id", ""),
    known("create_date", ""),
    known("write_date", ""),
];

/// A task.
#[rustfmt::skip]
const TASK_FIELDS: &[Entry] = &[
    far("name", To::Field(Task),
        "Task Title|Title|任务标题|称谓|标题|Titre de la tâche|Titre|Aufgabentitel|Titel|\
         Título de tarea|Título"),
    far("project_id", To::One(PROJECT), "Project|项目|Projet|Projekt|Proyecto"),
    near("sale_line_id", To::One(LINE),
        "Sales Order Line|Sales Order Item|销售订单行|销售订单项目|Ligne de bons de commande|\
         Ligne de vente|Article du bon de commande|Article de la commande client|\
         Auftragsposition|Auftragselement|Verkaufsauftragsposition|Línea de pedido de venta|\
         Elemento del pedido de venta"),
    near("analytic_account_id", To::One(ACCOUNT),
        "Analytic Account|分析账户|Compte analytique|Kostenstelle|Cuenta analítica"),
    known("sale_order_id",
        "Sales Order|销售订单|Bon de commande|Commande|Commande client|Verkaufsauftrag|\
         Pedido de venta"),
    known("partner_id", "Customer|客户|Client|Kunde|Cliente"),
    known("planned_hours",
        "Initially Planned Hours|Planned Hours|最初计划时数|已计划的时数|\
         Heures prévues initialement|Heures planifiées|Ursprünglich geplante Stunden|\
         Geplante Stunden|Horas iniciales planificadas|Horas planeadas"),
    known("allocated_hours",
        "Allocated Time|已分配时间|Temps alloué|Zugewiesene Zeit|Tiempo asignado"),
    known("effective_hours",
        "Hours Spent|Time Spent|时间花费|耗时|已花费时间|Heures passés|Heures passées|\
         Temps passé|Geleistete Stunden|Aufgewendete Stunden|Zeitaufwand|Horas dedicadas|\
         Tiempo dedicado"),
    known("remaining_hours",
        "Time Remaining|剩余时间|Temps restant|Verbleibende Zeit|Tiempo restante"),
    known("user_id", "Assigned to|分派给|Assigné à|Zugewiesen an|Asignada a"),
    known("user_ids",
        "Assignees|受托人|受指派人|Assignés|Zugewiesen an|Asignados|Personas asignadas"),
    known("stage_id", "Stage|阶段|Étape|Stufe|Phase|Etapa"),
    known("parent_id",
        "Parent Task|上级任务|Tâche parente|Hauptaufgabe|Übergeordnete Aufgabe|Tarea padre"),
    known("state", "状态|Statut|Status|Estado"),
    known("tag_ids", "Tags|标签|Étiquettes|Stichwörter|Etiquetas"),
    known("remaining_hours_so",
        "Remaining Hours on SO|Time Remaining on SO|剩余小时数|销售订单上的剩余时数|\
         Heures restantes sur le bon de commande|Temps restant sur les bons de commande|\
         Verbleibende Stunden im Verkaufsauftrag|Im Verkaufsauftrag verbleibende Zeit|\
         Horas restantes en el pedido de venta|Horas restantes en la orden de venta|\
         Tiempo restante en el pedido de venta"),
    known("timesheet_ids",
        "Timesheets|工时表|工时单|Feuilles de temps|Zeiterfassung|Partes de horas"),
    known("active", "有效|启用|已启用|Actif|Actif/ve|Aktiv|Activo"),
    known("company_id", ""),
    known("create_date", "Created On|创建于|Créé le|Erstellt am|Creado el"),
    known("write_date", ""),
    known("display_name", ""),
];

/// A project. Its order line is one of many and says nothing about an entry: left alone.
#[rustfmt::skip]
const PROJECT_FIELDS: &[Entry] = &[
    far("name", To::Field(Project), "名称|Nom|Analysekonto|Nombre"),
    far("analytic_account_id|account_id", To::One(ACCOUNT),
        "Contract/Analytic|Analytic Account|合同/分析|分析账户|Contrat / analytique|\
         Compte analytique|Vertrag / Analyse Konto|Kostenstelle|Contrato/Analítica|\
         Cuenta analítica|Project Account|项目账户|Compte de projet|Projektkonto|\
         Cuenta del proyecto"),
    known("sale_line_id",
        "Sales Order Line|Sales Order Item|销售订单行|销售订单项目|Ligne de bons de commande|\
         Ligne de vente|Article du bon de commande|Article de la commande client|\
         Auftragsposition|Auftragselement|Verkaufsauftragsposition|Línea de pedido de venta|\
         Elemento del pedido de venta"),
    known("sale_order_id",
        "Sales Order|销售订单|Bon de commande|Commande|Verkaufsauftrag|Pedido de venta"),
    known("partner_id", "Customer|客户|Client|Kunde|Cliente"),
    known("allow_billable", "Billable|计费|Facturable|Abrechenbar"),
    known("allow_timesheets", "Timesheets|工时单|Feuilles de temps|Zeiterfassung|Partes de horas"),
    known("pricing_type", "Pricing|价格|Tarif|Preiskalkulation|Precios"),
    known("allocated_hours",
        "Allocated Hours|Allocated Time|分配时间|已分配时间|Heures allouées|Temps alloué|\
         Zugewiesene Stunden|Zugewiesene Zeit|Horas asignadas|Tiempo asignado"),
    known("active", ""),
    known("company_id", ""),
    known("create_date", ""),
    known("write_date", ""),
    known("display_name", ""),
];

/// A unit of measure.
#[rustfmt::skip]
const UOM: &[Entry] = &[
    far("name", To::Field(Unit),
        "Unit of Measure|Unit Name|单位|计量单位|单位名称|Unité de mesure|Nom de l'unité|\
         Mengeneinheit|Maßeinheit|Name der Einheit|Unidad de medida|Nombre de la unidad"),
    far("category_id", To::One(CATEGORY), "Category|类别|Catégorie|Kategorie|Categoría"),
    near("uom_type", To::Field(UnitType), "Type|类型|Typ|Tipo"),
    near("factor", To::Field(Factor),
        "Ratio|Absolute Quantity|比例|绝对数量|Facteur|Quantité absolue|Faktor|Absolute Menge|\
         Cantidad absoluta"),
    near("factor_inv", To::Field(FactorInverse),
        "Bigger Ratio|更大比率|Ratio supérieur|Facteur supérieur|Größerer Faktor|Mayor ratio|\
         Ratio más grande"),
    near("ratio", To::Field(CombinedRatio),
        "Combined Ratio|综合比率|Ratio combiné|Facteur combiné|Kombinierter Faktor|\
         Proporción combinada|Ratio combinado"),
    near("relative_uom_id", To::One(RELATIVE_UNIT),
        "Reference Unit|参考单位|Unité de référence|Referenzeinheit|Unidad de referencia"),
    near("relative_factor", To::Field(RelativeFactor), "Contains|包含|Contient|Enthält|Contiene"),
    near("rounding", To::Field(Rounding),
        "Rounding Precision|舍入精度|Précision d'arrondi|Rundungsgenauigkeit|\
         Precisión de redondeo"),
    near("active", To::Field(Active), "有效|启用|已启用|Actif|Aktiv|Activo|Actif/ve"),
    known("sequence", "序列|Nummernfolge|Secuencia"),
    known("measure_type", "Type of measurement category|计量单位的类别|Art der Messkategorie"),
    known("color", ""),
    known("timesheet_widget", ""),
    known("fiscal_country_codes", ""),
    known("create_date", ""),
    known("write_date", ""),
    known("display_name", ""),
];

/// A category of units.
#[rustfmt::skip]
const UOM_CATEGORY: &[Entry] = &[
    far("name", To::Field(Category),
        "Unit of Measure Category|计量单位类别|Catégories d'unités de mesure|Einheiten Kategorie|\
         Maßeinheitskategorie|Categoría de unidades de medida|名字|名称|Nom|Nombre"),
    near("uom_ids", To::Many(UNIT), "Uom|单位|UdM|Maßeinheit"),
    known("measure_type", "Type of Measure|计量类型|Type de Mesure|Art der Maßnahme"),
    known("reference_uom_id", ""),
    known("create_date", ""),
    known("write_date", ""),
    known("display_name", ""),
];

/// An analytic account, reached only through a column of something else.
#[rustfmt::skip]
const ANALYTIC_ACCOUNT: &[Entry] = &[
    far("name", To::Field(ContractName),
        "名称|名字|Nom|Nombre|Analytic Account|分析账户|Compte analytique|Analysekonto|\
         Kostenstelle|Cuenta analítica|辅助核算|分析会计"),
    far("code", To::Field(ContractCode), "Reference|参考|Referenz|Referencia"),
];

/// An opportunity: no sheet of ours, but it shares names with orders and must not pass for one.
#[rustfmt::skip]
const LEAD: &[Entry] = &[
    known("name", "Opportunity|商机|Opportunité|Chance|Verkaufschance|Oportunidad"),
    known("type", "类型|Typ|Tipo"),
    known("partner_id", "Customer|Contact|客户|联系人|Client|Kunde|Kontakt|Cliente|Contacto"),
    known("partner_name",
        "Customer Name|Company Name|客户名称|公司名称|Nom du client|Nom de la société|Kundenname|\
         Unternehmensname|Nombre del cliente|Nombre de la compañía|Nombre de la empresa"),
    known("contact_name",
        "Contact Name|联系人姓名|Nom du contact|Ansprechpartner|Name des Kontakts|\
         Nombre del contacto"),
    known("email_from", "Email|电子邮箱|电子邮件|Courriel|E-mail|Correo electrónico"),
    known("phone", "电话|电话号码|Téléphone|Telefon|Telefonnummer|Teléfono"),
    known("mobile", ""),
    known("planned_revenue",
        "Expected Revenue|预期收入|预期收益|Revenu espéré|Erwarteter Umsatz|Ingreso estimado"),
    known("expected_revenue",
        "Prorated Revenue|Expected Revenue|按比例分摊收入|预期收益|预期收入|Revenu au prorata|\
         Revenu espéré|Revenu attendu|Aufgeteilter Umsatz|Erwarteter Umsatz|Ingreso Prorrateado|\
         Ingreso esperado|Ingresos esperados"),
    known("prorated_revenue", ""),
    known("user_id",
        "Salesperson|销售员|销售人员|Vendeur|Verkäufer|Vertriebsmitarbeiter|Comercial"),
    known("team_id",
        "Sales Team|Sales Channel|销售团队|销售渠道|Équipe commerciale|Equipe de vente|\
         Verkaufsteam|Vertriebskanal|Equipo de ventas|Canal de Ventas"),
    known("stage_id", "Stage|阶段|Étape|Stufe|Phase|Etapa"),
    known("probability", "概率|Probabilité|Wahrscheinlichkeit|Probabilidad"),
    known("automated_probability", ""),
    known("priority",
        "Rating|点评|优先级|Évaluation|Priorité|Bewertung|Priorität|Calificación|Prioridad"),
    known("date_deadline",
        "Expected Closing|预期结束|Date de fermeture prévue|Date estimée|Date de clôture prévue|\
         Erwartetes Abschlussdatum|Erwarteter Abschluss|Cierre previsto|Cierre esperado"),
    known("date_open", ""),
    known("date_closed", ""),
    known("date_conversion", ""),
    known("description", "Notes|备注|便签|Notizen|Notas"),
    known("tag_ids", "Tags|标签|摘要|Étiquettes|Stichwörter|Etiquetas|Categorías"),
    known("source_id", "Source|来源|Origine|Quelle|Referenz|Herkunft|Origen|Texto original|Fuente"),
    known("medium_id", "Medium|媒介|媒体|中等|Moyen|Mittel|Media|Medio"),
    known("campaign_id", "Campaign|营销|活动|Campagne|Kampagne|Campaña"),
    known("recurring_revenue",
        "Recurring Revenues|周期收益|经常性收入|Revenus Récurrents|Wiederkehrende Umsatzerlöse|\
         Wiederkehrende Umsätze|Ingresos recurrentes"),
    known("recurring_plan",
        "Recurring Plan|定期计划|周期计划|循环计划|Récurrence|Wiederkehrender Plan|\
         Plan recurrente"),
    known("lost_reason",
        "Lost Reason|失去原因|丢失原因|Motif de la perte|Ablehnugsgrund|Ablehnungsgrund|\
         Verlustgrund|Motivo de la perdida|Motivo de pérdida"),
    known("lost_reason_id",
        "Lost Reason|失去原因|丢失原因|Motif de la perte|Motif de perte|Verlustgrund|\
         Motivo de pérdida|Razón de pérdida"),
    known("order_ids", "Orders|订单|Commandes|Bestellungen|Aufträge|Pedidos"),
    known("street", ""),
    known("city", ""),
    known("zip", ""),
    known("country_id", ""),
    known("website", ""),
    known("active", ""),
    known("company_id", "Company|学校|公司|Société|Unternehmen|Compañía"),
    known("create_date", "Created on|创建日期|Créé le|Erstellt am|Creado el"),
    known("write_date", ""),
    known("display_name", ""),
];

/// A planned activity: no sheet of ours either.
#[rustfmt::skip]
const ACTIVITY: &[Entry] = &[
    known("res_model",
        "Related Document Model|相关单据模型|Modèle de document associé|\
         Zugehöriges Dokumentmodell|Modelo de documento relacionado"),
    known("res_id",
        "Related Document ID|相关单据ID|ID du document associé|Zugehörige Dokument-ID|\
         ID del documento relacionado"),
    known("res_name",
        "Document Name|单据名称|Nom du document|Dokumenten Name|Nombre del documento"),
    known("activity_type_id",
        "Activity Type|活动类型|Type d'activité|Aktivitätstyp|Tipo de actividad"),
    known("summary", "摘要|Résumé|Zusammenfassung|Resumen"),
    known("note", "备注|Notiz|Nota"),
    known("date_deadline",
        "Due Date|到期日期|Date d'échéance|Fälligkeitsdatum|Fecha de vencimiento"),
    known("user_id", "Assigned to|分派给|Assigné à|Zugewiesen an|Asignado a"),
    known("state", "状态|Statut|Status|Estado"),
    known("create_date", ""),
];
