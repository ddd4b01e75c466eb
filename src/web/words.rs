//! The words of the pages, in English and Arabic.

use crate::disclose::policy::Operation;
use crate::domain::{Role, Sensitivity};

/// The words of one language.
#[expect(missing_docs, reason = "each word says itself what it is")]
pub struct Words {
    pub language: &'static str,
    pub direction: &'static str,
    pub about: &'static str,
    pub log_in: &'static str,
    pub log_out: &'static str,
    pub login: &'static str,
    pub password: &'static str,
    pub forgotten: &'static str,
    pub wrong: &'static str,
    pub busy: &'static str,
    pub locked: fn(u64) -> String,
    pub account: &'static str,
    pub role: &'static str,
    pub clearance: &'static str,
    pub organisation: &'static str,
    pub expires: &'static str,
    pub may: &'static str,
    pub own_only: &'static str,
    pub change_password: &'static str,
    pub current_password: &'static str,
    pub new_password: &'static str,
    pub again: &'static str,
    pub password_rule: &'static str,
    pub password_refused: &'static str,
    pub password_changed: &'static str,
    pub not_the_same: &'static str,
    pub must_change: &'static str,
    pub sessions: &'static str,
    pub this_one: &'static str,
    pub began: &'static str,
    pub last_used: &'static str,
    pub end_others: &'static str,
}

/// English.
pub static ENGLISH: Words = Words {
    language: "en",
    direction: "ltr",
    about: "Who is cut off, what got through, how long it lasts, what to do next.",
    log_in: "Log in",
    log_out: "Log out",
    login: "Name",
    password: "Password",
    forgotten: "Forgotten? Whoever runs this Passage can give you another one.",
    wrong: "The name or the password is wrong.",
    busy: "Too many people are logging in at this moment. Please try again.",
    locked: |minutes| format!("Too many wrong passwords. Please try again in {minutes} min."),
    account: "Your account",
    role: "Role",
    clearance: "Sees up to",
    organisation: "Organisation",
    expires: "Holds until",
    may: "What you may do",
    own_only: "You change only what belongs to your organisation.",
    change_password: "Change password",
    current_password: "Current password",
    new_password: "New password",
    again: "New password, once more",
    password_rule: "At least 12 characters; several words are easier to keep in mind than symbols.",
    password_refused: "That password is too short, or among the first that anybody would try.",
    password_changed: "Your password was changed. You were logged out everywhere else.",
    not_the_same: "The two new passwords are not the same.",
    must_change: "Choose a password of your own before you go on.",
    sessions: "Where you are logged in",
    this_one: "Here",
    began: "since",
    last_used: "last used",
    end_others: "Log out everywhere else",
};

/// Arabic.
pub static ARABIC: Words = Words {
    language: "ar",
    direction: "rtl",
    about: "من المحاصَر، وما الذي وصل، وكم يكفي، وما الخطوة التالية.",
    log_in: "تسجيل الدخول",
    log_out: "تسجيل الخروج",
    login: "الاسم",
    password: "كلمة المرور",
    forgotten: "هل نسيتها؟ يمكن لمن يدير هذا النظام أن يعطيك كلمة أخرى.",
    wrong: "الاسم أو كلمة المرور غير صحيحة.",
    busy: "عدد كبير من الأشخاص يسجّلون الدخول الآن. يرجى المحاولة مرة أخرى.",
    locked: |minutes| {
        format!("كلمات مرور خاطئة كثيرة. يرجى المحاولة مرة أخرى بعد {minutes} دقيقة.")
    },
    account: "حسابك",
    role: "الدور",
    clearance: "يرى حتى مستوى",
    organisation: "المنظمة",
    expires: "صالح حتى",
    may: "ما يمكنك فعله",
    own_only: "لا تغيّر إلا ما يخص منظمتك.",
    change_password: "تغيير كلمة المرور",
    current_password: "كلمة المرور الحالية",
    new_password: "كلمة المرور الجديدة",
    again: "كلمة المرور الجديدة مرة أخرى",
    password_rule: "12 حرفًا على الأقل؛ عدة كلمات أسهل للتذكر من الرموز.",
    password_refused: "كلمة المرور هذه قصيرة جدًا أو من أول ما قد يجرّبه أي شخص.",
    password_changed: "تم تغيير كلمة المرور. وتم تسجيل خروجك من كل مكان آخر.",
    not_the_same: "كلمتا المرور الجديدتان غير متطابقتين.",
    must_change: "اختر كلمة مرور خاصة بك قبل المتابعة.",
    sessions: "أين سجّلت الدخول",
    this_one: "هنا",
    began: "منذ",
    last_used: "آخر استخدام",
    end_others: "تسجيل الخروج من كل مكان آخر",
};

/// The language that a browser likes best of those that are there.
#[must_use]
pub fn of(accepted: &str) -> &'static Words {
    let weighed = accepted.split(',').filter_map(|item| {
        let mut parts = item.trim().split(';');
        let language = parts.next()?.trim().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok());
        let words = match language.split('-').next()? {
            "ar" => &ARABIC,
            "en" => &ENGLISH,
            _ => return None,
        };
        Some((weight.unwrap_or(1.0), words))
    });
    // The first of those that are liked the same.
    let best = weighed.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(weight, _)| *weight > 0.0).map_or(&ENGLISH, |(_, words)| words)
}

impl Words {
    fn is_arabic(&self) -> bool {
        self.language == "ar"
    }

    /// The name of a role.
    #[must_use]
    pub fn role_name(&self, role: Role) -> &'static str {
        let (english, arabic) = match role {
            Role::Viewer => ("viewer", "قارئ"),
            Role::Partner => ("partner", "شريك"),
            Role::Coordinator => ("coordinator", "منسّق"),
            Role::Analyst => ("analyst", "محلّل"),
            Role::Admin => ("admin", "مدير"),
            Role::Auditor => ("auditor", "مدقّق"),
        };
        if self.is_arabic() { arabic } else { english }
    }

    /// The name of a level.
    #[must_use]
    pub fn level_name(&self, level: Sensitivity) -> &'static str {
        let (english, arabic) = match level {
            Sensitivity::Public => ("public", "عام"),
            Sensitivity::Internal => ("internal", "داخلي"),
            Sensitivity::Confidential => ("confidential", "سرّي"),
            Sensitivity::StrictlyConfidential => ("strictly confidential", "سرّي للغاية"),
        };
        if self.is_arabic() { arabic } else { english }
    }

    /// What an operation is, said to a person.
    #[must_use]
    pub fn operation(&self, operation: Operation) -> &'static str {
        let (english, arabic) = match operation {
            Operation::RecordRead => ("read records and their history", "قراءة السجلات وتاريخها"),
            Operation::ListRead => ("list records", "عرض قوائم السجلات"),
            Operation::FigureRead => {
                ("see figures, alerts and outlooks", "الاطلاع على الأرقام والتنبيهات والتوقعات")
            }
            Operation::ReportRead => ("read reports", "قراءة التقارير"),
            Operation::ChangesRead => ("see what was changed", "الاطلاع على التغييرات"),
            Operation::ExportRead => ("take lists away as files", "تصدير القوائم إلى ملفات"),
            Operation::MetricsRead => ("read the counters of the service", "قراءة عدّادات الخدمة"),
            Operation::RecordCreate => ("post records", "إضافة سجلات"),
            Operation::RecordRevise => ("correct records", "تصحيح السجلات"),
            Operation::RecordAppend => {
                ("add events and accounts to records", "إضافة أحداث وروايات إلى السجلات")
            }
            Operation::RecordWithdraw => ("take records back", "سحب السجلات"),
            Operation::RecordConfirm => ("stand by records", "تأكيد السجلات"),
            Operation::RecordMerge => {
                ("say that two records are the same", "تقرير أن سجلَّين هما سجل واحد")
            }
            Operation::PlanSave => ("keep plans", "حفظ الخطط"),
            Operation::ScheduleManage => (
                "say who is told and when reports are made",
                "تحديد من تُرسل إليه التنبيهات ومواعيد التقارير",
            ),
            Operation::SilenceSet => ("keep alerts quiet for a time", "إسكات التنبيهات لمدة"),
            Operation::AlertAck => ("take alerts on", "تولّي التنبيهات"),
            Operation::DeliveryRead => ("see what was sent", "الاطلاع على ما أُرسل"),
            Operation::DeliveryRetry => ("have something sent again", "إعادة إرسال رسالة"),
            Operation::DeliveryDismiss => {
                ("decide that something is not sent", "تقرير عدم إرسال رسالة")
            }
            Operation::ImportRun
            | Operation::ImportAsReported
            | Operation::ImportRead
            | Operation::ImportUndo
            | Operation::AttachmentRead
            | Operation::AttachmentAdd
            | Operation::AttachmentWithdraw => of_files(operation),
            Operation::LoweringPropose => ("ask that a level be lowered", "طلب خفض مستوى السرية"),
            Operation::LoweringDecide => ("decide on lowering a level", "البتّ في خفض مستوى السرية"),
            Operation::TokenManage
            | Operation::UserManage
            | Operation::AccountChangeRead
            | Operation::ExportedRead
            | Operation::UpkeepRead => of_keeping(operation),
        };
        if self.is_arabic() { arabic } else { english }
    }
}

/// What people do with files, in English and Arabic.
fn of_files(operation: Operation) -> (&'static str, &'static str) {
    match operation {
        Operation::ImportRun => ("import files", "استيراد الملفات"),
        Operation::ImportAsReported => (
            "import as if it had been known from the dates of the sources",
            "الاستيراد بتواريخ المصادر",
        ),
        Operation::ImportRead => ("see what was imported", "الاطلاع على ما استُورد"),
        Operation::ImportUndo => ("take imports back", "التراجع عن الاستيراد"),
        Operation::AttachmentRead => ("read attached files", "قراءة الملفات المرفقة"),
        Operation::AttachmentAdd => ("attach files to records", "إرفاق ملفات بالسجلات"),
        _ => ("take attached files back", "سحب الملفات المرفقة"),
    }
}

/// What people do to keep the service and its readers, in English and Arabic.
fn of_keeping(operation: Operation) -> (&'static str, &'static str) {
    match operation {
        Operation::TokenManage => ("manage tokens", "إدارة رموز الدخول"),
        Operation::UserManage => ("manage people", "إدارة الأشخاص"),
        Operation::AccountChangeRead => {
            ("see what was changed about people", "الاطلاع على تغييرات الحسابات")
        }
        Operation::ExportedRead => {
            ("see who was given exact positions", "الاطلاع على من تسلّم المواقع الدقيقة")
        }
        _ => ("see when backups were made", "الاطلاع على مواعيد النسخ الاحتياطي"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_that_the_browser_likes_best() {
        for (accepted, language) in [
            ("ar", "ar"),
            ("ar-SY,ar;q=0.9,en;q=0.8", "ar"),
            ("en-GB,en;q=0.9,ar;q=0.8", "en"),
            ("fr, en;q=0.3, ar;q=0.7", "ar"),
            ("fr", "en"),
            ("ar;q=0", "en"),
            ("", "en"),
            ("*", "en"),
            (";;q=,,", "en"),
        ] {
            assert_eq!(of(accepted).language, language, "{accepted}");
        }
    }
}
