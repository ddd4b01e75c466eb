//! The words of the pages, in English, Arabic and French.

mod operation;

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

/// A word in English, Arabic and French.
type InEach = [&'static str; 3];

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

/// French.
pub static FRENCH: Words = Words {
    language: "fr",
    direction: "ltr",
    about: "Qui est coupé de tout, ce qui est passé, combien de temps cela dure, que faire ensuite.",
    log_in: "Se connecter",
    log_out: "Se déconnecter",
    login: "Nom",
    password: "Mot de passe",
    forgotten: "Oublié\u{202f}? Qui fait tourner ce Passage peut vous en donner un autre.",
    wrong: "Le nom ou le mot de passe est faux.",
    busy: "Trop de personnes se connectent en ce moment. Veuillez réessayer.",
    locked: |minutes| format!("Trop de mots de passe faux. Veuillez réessayer dans {minutes} min."),
    account: "Votre compte",
    role: "Rôle",
    clearance: "Voit jusqu’à",
    organisation: "Organisation",
    expires: "Valable jusqu’au",
    may: "Ce que vous pouvez faire",
    own_only: "Vous ne modifiez que ce qui appartient à votre organisation.",
    change_password: "Changer le mot de passe",
    current_password: "Mot de passe actuel",
    new_password: "Nouveau mot de passe",
    again: "Nouveau mot de passe, encore une fois",
    password_rule: "Au moins 12 caractères\u{202f}; plusieurs mots se retiennent mieux que des signes.",
    password_refused: "Ce mot de passe est trop court, ou parmi les premiers que l’on essaierait.",
    password_changed: "Votre mot de passe a été changé. Vous avez été déconnecté partout ailleurs.",
    not_the_same: "Les deux nouveaux mots de passe ne sont pas les mêmes.",
    must_change: "Choisissez un mot de passe à vous avant de continuer.",
    sessions: "Où vous êtes connecté",
    this_one: "Ici",
    began: "depuis",
    last_used: "dernier usage",
    end_others: "Se déconnecter partout ailleurs",
};

/// The words of a language that is asked for by name.
#[must_use]
pub fn named(language: &str) -> Option<&'static Words> {
    [&ENGLISH, &ARABIC, &FRENCH].into_iter().find(|words| words.language == language)
}

/// The language that a browser likes best of those that are there.
#[must_use]
pub fn of(accepted: &str) -> &'static Words {
    let weighed = accepted.split(',').filter_map(|item| {
        let mut parts = item.trim().split(';');
        let language = parts.next()?.trim().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok());
        let words = named(language.split('-').next()?)?;
        Some((weight.unwrap_or(1.0), words))
    });
    // The first of those that are liked the same.
    let best = weighed.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|(weight, _)| *weight > 0.0).map_or(&ENGLISH, |(_, words)| words)
}

impl Words {
    /// The one of this language.
    fn own(&self, [english, arabic, french]: InEach) -> &'static str {
        match self.language {
            "ar" => arabic,
            "fr" => french,
            _ => english,
        }
    }

    /// The name of a role.
    #[must_use]
    pub fn role_name(&self, role: Role) -> &'static str {
        let words = match role {
            Role::Viewer => ["viewer", "قارئ", "lecteur"],
            Role::Partner => ["partner", "شريك", "partenaire"],
            Role::Coordinator => ["coordinator", "منسّق", "coordinateur"],
            Role::Analyst => ["analyst", "محلّل", "analyste"],
            Role::Admin => ["admin", "مدير", "administrateur"],
            Role::Auditor => ["auditor", "مدقّق", "auditeur"],
        };
        self.own(words)
    }

    /// The name of a level.
    #[must_use]
    pub fn level_name(&self, level: Sensitivity) -> &'static str {
        let words = match level {
            Sensitivity::Public => ["public", "عام", "public"],
            Sensitivity::Internal => ["internal", "داخلي", "interne"],
            Sensitivity::Confidential => ["confidential", "سرّي", "confidentiel"],
            Sensitivity::StrictlyConfidential => {
                ["strictly confidential", "سرّي للغاية", "strictement confidentiel"]
            }
        };
        self.own(words)
    }

    /// What an operation is, said to a person.
    #[must_use]
    pub fn operation(&self, operation: Operation) -> &'static str {
        self.own(operation::of(operation))
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
            ("de, en;q=0.3, ar;q=0.7", "ar"),
            ("fr-BE, en;q=0.3", "fr"),
            ("de", "en"),
            ("ar;q=0", "en"),
            ("", "en"),
            ("*", "en"),
            (";;q=,,", "en"),
        ] {
            assert_eq!(of(accepted).language, language, "{accepted}");
        }
    }
}
