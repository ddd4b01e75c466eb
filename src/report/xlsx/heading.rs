//! The headings of the sheets in each language, by key.

use crate::domain::Language;

/// The ends of a figure, as a key has them, and their words.
const ENDS: [(&str, [&str; 3]); 3] = [
    ("_low", ["low", "أدنى", "minimum"]),
    ("_best", ["best", "أفضل تقدير", "meilleure estimation"]),
    ("_high", ["high", "أعلى", "maximum"]),
];

/// The three keys of a figure.
pub(super) fn low_best_high(key: &str) -> [String; 3] {
    ENDS.map(|(end, _)| format!("{key}{end}"))
}

/// The heading of a key; a key that is not known stands for itself.
#[must_use]
pub fn heading(key: &str, language: Language) -> String {
    if let Some(words) = words_of(key) {
        return pick(words, language).to_owned();
    }
    let figure =
        ENDS.iter().find_map(|(end, words)| Some((words_of(key.strip_suffix(end)?)?, words)));
    match figure {
        Some((figure, end)) => format!("{} ({})", pick(figure, language), pick(end, language)),
        None => key.to_owned(),
    }
}

fn words_of(key: &str) -> Option<&'static [&'static str; 3]> {
    HEADINGS.iter().find(|(own, _)| *own == key).map(|(_, words)| words)
}

const fn pick<'w>(words: &[&'w str; 3], language: Language) -> &'w str {
    match language {
        Language::En => words[0],
        Language::Ar => words[1],
        Language::Fr => words[2],
    }
}

/// Each key with its words: English, Arabic, French.
const HEADINGS: &[(&str, [&str; 3])] = &[
    ("sheet_read_me", ["Read me", "اقرأني", "À lire"]),
    ("sheet_areas", ["Areas", "المناطق", "Zones"]),
    ("sheet_food", ["Food outlook", "توقعات الغذاء", "Perspectives alimentaires"]),
    ("sheet_gap", ["Food gap", "فجوة الغذاء", "Déficit alimentaire"]),
    ("sheet_months", ["Reached by month", "الوصول حسب الشهر", "Atteintes par mois"]),
    ("sheet_funnel", ["How far convoys came", "مسار القوافل", "Parcours des convois"]),
    ("sheet_convoys", ["Convoys", "القوافل", "Convois"]),
    ("sheet_pauses", ["Pauses", "الهدن الإنسانية", "Pauses"]),
    ("sheet_answers", ["Answers to pauses", "الردود على الهدن", "Réponses aux pauses"]),
    ("sheet_incidents", ["Incidents", "الحوادث", "Incidents"]),
    ("sheet_statements", ["Statements", "التصريحات", "Déclarations"]),
    ("sheet_alerts", ["Alerts", "التنبيهات", "Alertes"]),
    ("sheet_changes", ["Changes", "التغييرات", "Changements"]),
    ("sheet_sources", ["Sources", "المصادر", "Sources"]),
    ("title", ["Title", "العنوان", "Titre"]),
    ("schedule", ["Schedule", "الجدول", "Calendrier"]),
    ("as_of", ["Shows (UTC)", "يبيّن الوضع في (ت ع م)", "Situation au (UTC)"]),
    ("known_at", ["Known by (UTC)", "المعلوم حتى (ت ع م)", "Connu au (UTC)"]),
    ("period", ["Period", "الفترة", "Période"]),
    ("compared_with", ["Compared with (UTC)", "مقارنة بـ (ت ع م)", "Comparé avec (UTC)"]),
    ("withheld", ["Withheld", "محجوب", "Non communiqué"]),
    ("note", ["Note", "ملاحظة", "Note"]),
    ("ledger", ["Ledger: entry, head", "السجل: القيد، الرأس", "Registre : entrée, tête"]),
    (
        "note_empty",
        [
            "An empty cell means not known, or nothing to say; never 0.",
            "الخلية الفارغة تعني غير معروف أو لا شيء يُذكر، ولا تعني صفرا أبدا.",
            "Une cellule vide signifie inconnu ou sans objet ; jamais 0.",
        ],
    ),
    (
        "note_range",
        [
            "A figure has up to three numbers: low, best, high. One number alone is a source's one figure, given without a range.",
            "لكل رقم ثلاث قيم على الأكثر: أدنى وأفضل تقدير وأعلى. القيمة الوحيدة هي رقم المصدر دون مجال.",
            "Un chiffre compte jusqu’à trois nombres : minimum, meilleure estimation, maximum. Un nombre seul est celui de la source, donné sans fourchette.",
        ],
    ),
    (
        "note_sources",
        [
            "Sources are named by their codes; the last sheet lists them.",
            "يُشار إلى المصادر برموزها، وهي مدرجة في الورقة الأخيرة.",
            "Les sources sont citées par leur code ; la dernière feuille en donne la liste.",
        ],
    ),
    (
        "note_times",
        ["Days and times are UTC.", "الأيام والأوقات بالتوقيت العالمي.", "Jours et heures en UTC."],
    ),
    ("area", ["Area (code)", "المنطقة (الرمز)", "Zone (code)"]),
    ("name", ["Name", "الاسم", "Nom"]),
    ("name_ar", ["Name in Arabic", "الاسم بالعربية", "Nom en arabe"]),
    ("admin1", ["First-level unit", "المحافظة", "Unité de premier niveau"]),
    ("within", ["Lies in (code)", "ضمن (الرمز)", "Située dans (code)"]),
    ("listed", ["Listed as", "التصنيف", "Classée comme"]),
    ("tier", ["Tier", "الدرجة", "Niveau"]),
    ("listed_on", ["Listed on", "تاريخ التصنيف", "Classée le"]),
    ("people", ["People there", "عدد السكان", "Personnes sur place"]),
    ("counted_by", ["Counted by", "جهة التقدير", "Compté par"]),
    ("counted_on", ["Counted on", "تاريخ التقدير", "Compté le"]),
    ("sources_differ", ["Sources differ", "المصادر متباينة", "Sources divergentes"]),
    ("last_arrival", ["Last known arrival", "آخر وصول معروف", "Dernière arrivée connue"]),
    ("days_since_arrival", ["Days since", "أيام منذ ذلك", "Jours depuis"]),
    (
        "arrivals_30_days",
        ["Known arrivals, 30 days", "حالات الوصول المعروفة، 30 يوما", "Arrivées connues, 30 jours"],
    ),
    (
        "need_met",
        [
            "Food need met, 30 days",
            "نسبة تلبية الحاجة الغذائية، 30 يوما",
            "Besoins alimentaires couverts, 30 jours",
        ],
    ),
    ("convoys_planned", ["Convoys planned", "قوافل مخططة", "Convois prévus"]),
    ("convoys_allowed", ["Convoys let go", "قوافل سُمح بها", "Convois autorisés"]),
    ("convoys_refused", ["Convoys refused", "قوافل رُفضت", "Convois refusés"]),
    ("convoys_arrived", ["Convoys that arrived", "قوافل وصلت", "Convois arrivés"]),
    ("sources", ["Sources", "المصادر", "Sources"]),
    ("outlook_status", ["What is known", "ما هو معروف", "Ce qui est connu"]),
    ("days_early", ["Days left, early", "الأيام المتبقية، مبكر", "Jours restants, au plus tôt"]),
    ("days_middle", ["Days left, middle", "الأيام المتبقية، الأوسط", "Jours restants, médian"]),
    ("days_late", ["Days left, late", "الأيام المتبقية، متأخر", "Jours restants, au plus tard"]),
    ("day_early", ["Runs out, early", "النفاد، مبكر", "Épuisement, au plus tôt"]),
    ("day_middle", ["Runs out, middle", "النفاد، الأوسط", "Épuisement, médian"]),
    ("day_late", ["Runs out, late", "النفاد، متأخر", "Épuisement, au plus tard"]),
    (
        "chance_never",
        ["Chance that it does not end", "احتمال ألا ينفد", "Probabilité de ne pas s’épuiser"],
    ),
    ("not_before", ["Not before", "ليس قبل", "Pas avant"]),
    ("urgency", ["Urgency", "درجة الإلحاح", "Urgence"]),
    (
        "arrivals_since",
        ["Arrivals since the count", "حالات الوصول منذ الجرد", "Arrivées depuis le décompte"],
    ),
    ("losses_since", ["Losses since the count", "الخسائر منذ الجرد", "Pertes depuis le décompte"]),
    ("flags", ["To be minded", "يُراعى", "À noter"]),
    ("stock_is_counted", ["Stock counted", "المخزون مجرود", "Stock compté"]),
    ("people_without_food", ["People without food", "أشخاص بلا غذاء", "Personnes sans nourriture"]),
    ("tonnes", ["Tonnes", "أطنان", "Tonnes"]),
    ("trucks", ["Trucks", "الشاحنات", "Camions"]),
    ("convoys", ["Convoys", "القوافل", "Convois"]),
    ("month", ["Month", "الشهر", "Mois"]),
    ("until", ["Until", "حتى", "Jusqu’au"]),
    (
        "arrivals_of_unknown_size",
        [
            "Of these, people not known",
            "منها بعدد أشخاص غير معروف",
            "Dont nombre de personnes inconnu",
        ],
    ),
    ("people_reached", ["People reached", "الأشخاص الذين تم الوصول إليهم", "Personnes atteintes"]),
    (
        "in_need",
        [
            "Besieged and hard to reach",
            "المحاصرون ومن يصعب الوصول إليهم",
            "Assiégées et difficiles d’accès",
        ],
    ),
    ("step", ["Step", "المرحلة", "Étape"]),
    (
        "drops_without_trucks",
        ["Drops, trucks not known", "شحنات بعدد شاحنات غير معروف", "Livraisons, camions inconnus"],
    ),
    ("people_targeted", ["People it is for", "الأشخاص المستهدفون", "Personnes visées"]),
    (
        "drops_without_people",
        [
            "Drops, people not known",
            "شحنات بعدد أشخاص غير معروف",
            "Livraisons, personnes inconnues",
        ],
    ),
    ("convoy", ["Convoy (code)", "القافلة (الرمز)", "Convoi (code)"]),
    ("to", ["To", "إلى", "Vers"]),
    ("mode", ["Mode", "الطريقة", "Mode"]),
    ("stage", ["Stage", "المرحلة", "Étape"]),
    ("date", ["Day", "اليوم", "Jour"]),
    ("date_precision", ["Day known to the", "دقة اليوم", "Précision du jour"]),
    (
        "people_fed",
        ["People fed for 30 days", "أشخاص تكفيهم الحمولة 30 يوما", "Personnes nourries 30 jours"],
    ),
    ("cargo_is_assumed", ["Cargo assumed", "الحمولة مفترضة", "Cargaison supposée"]),
    (
        "cargo_is_partly_unknown",
        ["Cargo partly unknown", "الحمولة غير معروفة جزئيا", "Cargaison en partie inconnue"],
    ),
    ("goods_removed", ["Goods taken off", "مواد أُنزلت", "Articles retirés"]),
    ("removed_share", ["Share taken off", "نسبة ما أُنزل", "Part retirée"]),
    (
        "medical_removed",
        ["Medical goods taken off", "مواد طبية أُنزلت", "Articles médicaux retirés"],
    ),
    ("part_of", ["Part of", "جزء من", "Partie de"]),
    ("is_counted", ["Counted by itself", "تُحسب بمفردها", "Compté séparément"]),
    ("pause", ["Pause (code)", "الهدنة (الرمز)", "Pause (code)"]),
    ("pause_type", ["Kind", "النوع", "Type"]),
    ("state", ["State", "الحالة", "État"]),
    ("by", ["By", "من", "Par"]),
    ("of", ["Of whom", "ممن طُلب", "À qui"]),
    ("areas", ["Areas", "المناطق", "Zones"]),
    ("announced", ["Announced", "أُعلن في", "Annoncée le"]),
    ("start", ["Start", "البداية", "Début"]),
    ("end", ["End", "النهاية", "Fin"]),
    ("duration_hours", ["Hours each time", "ساعات كل مرة", "Heures chaque fois"]),
    ("recurrence", ["How often", "التكرار", "Fréquence"]),
    ("no_answer_from", ["No answer known from", "لا رد معروف من", "Sans réponse connue de"]),
    ("violations", ["Reported breaches", "خروقات مُبلَّغ عنها", "Violations signalées"]),
    ("party", ["Party", "الطرف", "Partie"]),
    ("answer", ["Answer", "الرد", "Réponse"]),
    ("conditions", ["Conditions", "الشروط", "Conditions"]),
    ("incident", ["Incident (code)", "الحادث (الرمز)", "Incident (code)"]),
    ("incident_type", ["Kind", "النوع", "Type"]),
    ("killed", ["Killed", "قتلى", "Tués"]),
    ("injured", ["Injured", "جرحى", "Blessés"]),
    (
        "attributed_to",
        ["Attributed by the source to", "منسوب من المصدر إلى", "Attribué par la source à"],
    ),
    ("statement", ["Statement (code)", "التصريح (الرمز)", "Déclaration (code)"]),
    ("topic", ["Topic", "الموضوع", "Sujet"]),
    ("said", ["What is said", "ما قيل", "Ce qui est dit"]),
    ("value", ["Value", "القيمة", "Valeur"]),
    ("unit", ["Unit", "الوحدة", "Unité"]),
    ("severity", ["Severity", "الخطورة", "Gravité"]),
    ("rule", ["Rule", "القاعدة", "Règle"]),
    ("alert", ["Alert", "التنبيه", "Alerte"]),
    ("since", ["Since (UTC)", "منذ (ت ع م)", "Depuis (UTC)"]),
    ("is_new", ["New", "جديد", "Nouvelle"]),
    ("numbers", ["Numbers", "الأرقام", "Chiffres"]),
    ("key", ["Key", "المفتاح", "Clé"]),
    ("change", ["What changed", "ما تغيّر", "Ce qui a changé"]),
    ("subject", ["Subject", "الموضوع", "Objet"]),
    ("then", ["Before", "سابقا", "Avant"]),
    ("now", ["Now", "الآن", "Maintenant"]),
    ("then_people", ["People before", "الأشخاص سابقا", "Personnes avant"]),
    ("now_people", ["People now", "الأشخاص الآن", "Personnes maintenant"]),
    ("moved_days", ["Moved by days", "الفرق بالأيام", "Décalage en jours"]),
    ("why", ["Why", "السبب", "Pourquoi"]),
    ("learned", ["How it came to differ", "سبب الاختلاف", "Nature de l’écart"]),
    ("number", ["Number", "الرقم", "Numéro"]),
    ("source", ["Source (code)", "المصدر (الرمز)", "Source (code)"]),
    ("publisher", ["Publisher", "الناشر", "Éditeur"]),
    ("published", ["Published", "تاريخ النشر", "Publiée le"]),
    ("url", ["Address", "العنوان", "Adresse"]),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_figure_has_three_headings_of_its_own() {
        let keys = low_best_high("people");
        assert_eq!(keys, ["people_low", "people_best", "people_high"]);
        assert_eq!(heading("people_low", Language::En), "People there (low)");
        assert_eq!(heading("killed_high", Language::Fr), "Tués (maximum)");
    }

    #[test]
    fn every_key_has_words_in_every_language_once() {
        let keys: HashSet<&str> = HEADINGS.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys.len(), HEADINGS.len());
        assert!(HEADINGS.iter().all(|(_, words)| words.iter().all(|word| !word.is_empty())));
        for (key, _) in HEADINGS.iter().filter(|(key, _)| key.starts_with("sheet_")) {
            for language in Language::ALL {
                // The names of sheets have a limit, and may not hold these.
                let name = heading(key, *language);
                assert!(
                    name.chars().count() <= 31
                        && !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
                );
            }
        }
    }
}
