//! What people may do, in each language.

use super::InEach;
use crate::disclose::policy::Operation;

/// What an operation is, said to a person.
pub(super) const fn of(operation: Operation) -> InEach {
    match operation {
        Operation::RecordRead
        | Operation::ListRead
        | Operation::FigureRead
        | Operation::ReportRead
        | Operation::ChangesRead
        | Operation::ExportRead
        | Operation::MetricsRead => of_reading(operation),
        Operation::RecordCreate
        | Operation::RecordRevise
        | Operation::RecordAppend
        | Operation::RecordWithdraw
        | Operation::RecordConfirm
        | Operation::RecordMerge
        | Operation::PlanSave => of_records(operation),
        Operation::ScheduleManage
        | Operation::SilenceSet
        | Operation::AlertAck
        | Operation::DeliveryRead
        | Operation::DeliveryRetry
        | Operation::DeliveryDismiss => of_telling(operation),
        Operation::ImportRun
        | Operation::ImportAsReported
        | Operation::ImportRead
        | Operation::ImportUndo
        | Operation::AttachmentRead
        | Operation::AttachmentAdd
        | Operation::AttachmentWithdraw => of_files(operation),
        Operation::LoweringPropose
        | Operation::LoweringDecide
        | Operation::TokenManage
        | Operation::UserManage
        | Operation::AccountChangeRead
        | Operation::ExportedRead
        | Operation::UpkeepRead => of_keeping(operation),
    }
}

/// What people read, in each language.
const fn of_reading(operation: Operation) -> InEach {
    match operation {
        Operation::RecordRead => [
            "read records and their history",
            "قراءة السجلات وتاريخها",
            "lire les fiches et leur historique",
        ],
        Operation::ListRead => ["list records", "عرض قوائم السجلات", "lister les fiches"],
        Operation::FigureRead => [
            "see figures, alerts and outlooks",
            "الاطلاع على الأرقام والتنبيهات والتوقعات",
            "voir les chiffres, les alertes et les perspectives",
        ],
        Operation::ReportRead => ["read reports", "قراءة التقارير", "lire les rapports"],
        Operation::ChangesRead => {
            ["see what was changed", "الاطلاع على التغييرات", "voir ce qui a changé"]
        }
        Operation::ExportRead => [
            "take lists away as files",
            "تصدير القوائم إلى ملفات",
            "emporter les listes en fichiers",
        ],
        _ => [
            "read the counters of the service",
            "قراءة عدّادات الخدمة",
            "lire les compteurs du service",
        ],
    }
}

/// What people do with records, in each language.
const fn of_records(operation: Operation) -> InEach {
    match operation {
        Operation::RecordCreate => ["post records", "إضافة سجلات", "ajouter des fiches"],
        Operation::RecordRevise => ["correct records", "تصحيح السجلات", "corriger des fiches"],
        Operation::RecordAppend => [
            "add events and accounts to records",
            "إضافة أحداث وروايات إلى السجلات",
            "ajouter des événements et des récits aux fiches",
        ],
        Operation::RecordWithdraw => ["take records back", "سحب السجلات", "retirer des fiches"],
        Operation::RecordConfirm => ["stand by records", "تأكيد السجلات", "confirmer des fiches"],
        Operation::RecordMerge => [
            "say that two records are the same",
            "تقرير أن سجلَّين هما سجل واحد",
            "dire que deux fiches n’en font qu’une",
        ],
        _ => ["keep plans", "حفظ الخطط", "conserver des plans"],
    }
}

/// What people do with what is told, in each language.
const fn of_telling(operation: Operation) -> InEach {
    match operation {
        Operation::ScheduleManage => [
            "say who is told and when reports are made",
            "تحديد من تُرسل إليه التنبيهات ومواعيد التقارير",
            "dire qui est prévenu et quand les rapports sont faits",
        ],
        Operation::SilenceSet => [
            "keep alerts quiet for a time",
            "إسكات التنبيهات لمدة",
            "taire des alertes pour un temps",
        ],
        Operation::AlertAck => {
            ["take alerts on", "تولّي التنبيهات", "prendre des alertes en charge"]
        }
        Operation::DeliveryRead => {
            ["see what was sent", "الاطلاع على ما أُرسل", "voir ce qui a été envoyé"]
        }
        Operation::DeliveryRetry => {
            ["have something sent again", "إعادة إرسال رسالة", "faire renvoyer un envoi"]
        }
        _ => [
            "decide that something is not sent",
            "تقرير عدم إرسال رسالة",
            "décider qu’un envoi n’est pas fait",
        ],
    }
}

/// What people do with files, in each language.
const fn of_files(operation: Operation) -> InEach {
    match operation {
        Operation::ImportRun => ["import files", "استيراد الملفات", "importer des fichiers"],
        Operation::ImportAsReported => [
            "import as if it had been known from the dates of the sources",
            "الاستيراد بتواريخ المصادر",
            "importer aux dates des sources",
        ],
        Operation::ImportRead => {
            ["see what was imported", "الاطلاع على ما استُورد", "voir ce qui a été importé"]
        }
        Operation::ImportUndo => {
            ["take imports back", "التراجع عن الاستيراد", "annuler des importations"]
        }
        Operation::AttachmentRead => {
            ["read attached files", "قراءة الملفات المرفقة", "lire les fichiers joints"]
        }
        Operation::AttachmentAdd => {
            ["attach files to records", "إرفاق ملفات بالسجلات", "joindre des fichiers aux fiches"]
        }
        _ => ["take attached files back", "سحب الملفات المرفقة", "retirer des fichiers joints"],
    }
}

/// What people do to keep the service and its readers, in each language.
const fn of_keeping(operation: Operation) -> InEach {
    match operation {
        Operation::LoweringPropose => [
            "ask that a level be lowered",
            "طلب خفض مستوى السرية",
            "demander qu’un niveau soit abaissé",
        ],
        Operation::LoweringDecide => [
            "decide on lowering a level",
            "البتّ في خفض مستوى السرية",
            "décider d’abaisser un niveau",
        ],
        Operation::TokenManage => ["manage tokens", "إدارة رموز الدخول", "gérer les jetons"],
        Operation::UserManage => ["manage people", "إدارة الأشخاص", "gérer les personnes"],
        Operation::AccountChangeRead => [
            "see what was changed about people",
            "الاطلاع على تغييرات الحسابات",
            "voir ce qui a changé sur les comptes",
        ],
        Operation::ExportedRead => [
            "see who was given exact positions",
            "الاطلاع على من تسلّم المواقع الدقيقة",
            "voir qui a reçu des positions exactes",
        ],
        _ => [
            "see when backups were made",
            "الاطلاع على مواعيد النسخ الاحتياطي",
            "voir quand des sauvegardes ont été faites",
        ],
    }
}
