//! What time trackers head their detailed reports with: Kimai in its five
//! languages, Toggl Track (older, and 2024 and later), Clockify, Harvest; and
//! the plain words that people use in a list of hours of their own. `(*)` stands
//! for any text in brackets.
//!
//! A tracker's tasks and projects are its own. They are no tasks and contracts of
//! the ERP, whatever they are called, until the user says so under `[map]`.

use super::{Entry, To, known, near, weak};
use crate::ingest::fields::Field::{
    Activity, Approved, Billable, Client, Date, Description, Employee, EntryId, EntryType,
    FamilyName, GivenName, Project, Quantity, Tags, User,
};

#[rustfmt::skip]
pub(in crate::ingest) const TRACKED_TIME: &[Entry] = &[
    near("date", To::Field(Date),
        "Start date|Day|Work date|日期|Datum|Arbeitstag|Jour|Fecha|Día"),
    near("duration", To::Field(Quantity),
        "Duration (h)|Hours|Hours worked|Worked hours|持续时间|时长|工时|Durée|Heures|Dauer|\
         Stunden|Duración|Horas"),
    weak("duration (decimal)", To::Field(Quantity), ""),
    near("member", To::Field(Employee),
        "Name|Employee|Person|Team member|名字|员工|姓名|Nom|Employé|Mitarbeiter|Mitarbeiterin|\
         Nombre|Empleado"),
    near("user", To::Field(User), "用户|Nom d'utilisateur|Utilisateur|Benutzer|Usuario"),
    near("first name", To::Field(GivenName), "Vorname|Prénom"),
    near("last name", To::Field(FamilyName), "Surname|Nachname|Nom de famille|Apellidos"),
    near("client", To::Field(Client), "Customer|客户|Kunde|Cliente"),
    near("project", To::Field(Project), "项目|Projet|Projekt|Proyecto"),
    near("activity", To::Field(Activity),
        "Task|活动|任务|Activité|Tâche|Tätigkeit|Aufgabe|Actividad|Tarea"),
    near("tags", To::Field(Tags),
        "Tag|Labels|标签|Mots-clés|Étiquettes|Schlagworte|Stichwörter|Etiquetas"),
    near("description", To::Field(Description),
        "Notes|Note|Comment|Comments|描述|说明|备注|Commentaire|Beschreibung|Notizen|Bemerkung|\
         Kommentar|Descripción|Notas|Comentario"),
    near("billable", To::Field(Billable), "Billable?|计费|Facturable|Abrechenbar"),
    near("approved", To::Field(Approved), "Approved?|Approuvé|Genehmigt|Aprobado"),
    near("type", To::Field(EntryType), "类别|Typ|Tipo"),
    near("time entry id", To::Field(EntryId), "Identifiant|Id."),
    known("from", "始于|De|Von|Start time|Begin|Start"),
    known("to", "至|À|Bis|Para|End time|Stop time|End"),
    known("end date", "Stop date"),
    known("break", "休息|Pause|Pausa"),
    known("hours rounded", ""),
    known("email", "E-mail|电子邮件|Courriel|Correo electrónico"),
    known("group", "Department|Roles|Employee?|Employee Id"),
    known("staff number", "员工人数|Numéro d'équipe|Personalnummer|Número de personal"),
    known("currency", "货币|Devise|Währung|Moneda"),
    known("price", "Rate|费用|Taux|Preis|Tarifa|Amount|Amount (*)"),
    known("internal price", "内部汇率|Taux interne|Interner Preis|Tarifa interna|Internal rate"),
    known("hourly price",
        "Hourly rate|每小时收费|Taux horaire|Preis pro Stunde|Tarifa por hora|Billable Rate|\
         Billable Rate (*)|Cost Rate|Cost Rate (*)"),
    known("fixed price", "Fixed rate|固定时薪|Taux fixe|Festpreis|Tarifa fija"),
    known("billable amount", "Billable Amount (*)|Cost Amount|Cost Amount (*)"),
    known("exported", "已输出|Exporté|Exportiert|Exportado|Invoiced|Invoiced?|Invoice ID"),
    known("category", ""),
    known("account", "账户|Compte|Kundennummer|Cuenta"),
    known("project number",
        "Project Code|项目编号|Numéro de projet|Projektnummer|Número del proyecto"),
    known("vat-id", "增值税-ID|ID de TVA|Umsatzsteuer-ID|CIF / NIF"),
    known("order number", "订单编号|Numéro de commande|Bestellnummer|Número de pedido"),
    known("date of creation", "External Reference URL"),
];
