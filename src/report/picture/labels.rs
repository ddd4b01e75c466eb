//! The words of the pictures in each language, made ready: what a drawing writes and says of itself.

use super::funnel::{FunnelLabels, StepWords};
use super::lasts::LastsLabels;
use super::map::{MOST_MARKS, MapLabels};
use super::pen::Said;
use super::reached::{MonthWords, ReachedLabels};
use super::wording::{count, days_left, month, number, percent, range, say, share};
use crate::domain::Language::{self, Ar, En, Fr};
use crate::report::Period;
use crate::report::chart::Chart;
use crate::report::funnel::{FunnelSteps, Heads};
use crate::report::map::{AreaMap, DaysBand, Mark};
use crate::report::reached::MonthRow;
use crate::tongue::{Tongue, capitalised};

/// Between the parts of a list.
const COMMA: [&str; 3] = [", ", "، ", ", "];
/// The same where the parts have commas themselves.
const STOP: [&str; 3] = ["; ", "؛ ", " ; "];

/// What most maps of the United Nations say of boundaries, in their words.
#[must_use]
pub const fn boundaries(language: Language) -> &'static str {
    say(
        language,
        [
            "The boundaries and names shown on this map do not imply official endorsement or acceptance.",
            "لا تنطوي الحدود والأسماء المبيّنة على هذه الخريطة على إقرار أو قبول رسمي بها.",
            "Les frontières et les noms indiqués sur cette carte n’impliquent ni reconnaissance ni acceptation officielle.",
        ],
    )
}

const fn of_kilometres(language: Language) -> fn(f64) -> String {
    match language {
        En => |km| format!("{} km", number(km, En)),
        Ar => |km| format!("{} كم", number(km, Ar)),
        Fr => |km| format!("{} km", number(km, Fr)),
    }
}

const fn of_share(language: Language) -> fn(f64) -> String {
    match language {
        En => |share| percent(share, En),
        Ar => |share| percent(share, Ar),
        Fr => |share| percent(share, Fr),
    }
}

/// A band of days.
#[must_use]
pub const fn band(band: DaysBand, language: Language) -> &'static str {
    let words = match band {
        DaysBand::Under7 => ["under 7 days", "أقل من 7 أيام", "moins de 7 jours"],
        DaysBand::From7 => ["7 to 14 days", "من 7 إلى 14 يوما", "7 à 14 jours"],
        DaysBand::From14 => ["14 to 30 days", "من 14 إلى 30 يوما", "14 à 30 jours"],
        DaysBand::Over30 => ["over 30 days", "أكثر من 30 يوما", "plus de 30 jours"],
        DaysBand::NotKnown => ["not known", "غير معروف", "inconnu"],
    };
    say(language, words)
}

/// The name of an area in the language, as far as it has one.
#[must_use]
pub fn name(mark: &Mark, language: Language) -> &str {
    match language {
        En | Fr => &mark.name,
        Ar => mark.name_ar.as_deref().unwrap_or(&mark.name),
    }
}

/// The words of the map.
#[must_use]
pub fn of_map(map: &AreaMap, language: Language) -> MapLabels {
    let any_masked = map.marks.iter().any(|mark| mark.is_masked);
    let masked = [
        "shown only roughly, for the safety of those there",
        "موقع تقريبي حفاظا على سلامة من فيه",
        "position approximative, pour la sécurité de ceux qui s’y trouvent",
    ];
    MapLabels {
        said: Said {
            title: say(language, MAP_TITLE).to_owned(),
            described: map_in_words(map, language),
            right_to_left: language.is_right_to_left(),
        },
        marks: map.marks.iter().map(|mark| at_mark(mark, language)).collect(),
        days: say(language, ["Days left of food", "أيام الغذاء المتبقية", "Jours de vivres"])
            .to_owned(),
        bands: DaysBand::ALL.iter().map(|own| (*own, band(*own, language).to_owned())).collect(),
        people: say(language, ["People there", "عدد السكان", "Personnes"]).to_owned(),
        sizes: [10_000.0, 100_000.0, 400_000.0]
            .map(|people| (people, number(people, language)))
            .to_vec(),
        uncounted: say(
            language,
            ["fewer, or not counted", "أقل، أو لم يُحصَوا", "moins, ou non dénombrées"],
        )
        .to_owned(),
        masked: any_masked.then(|| say(language, masked).to_owned()),
        kilometres: of_kilometres(language),
        notes: left_out(map, language)
            .into_iter()
            .chain([boundaries(language).to_owned(), say(language, MAP_SOURCE).to_owned()])
            .collect(),
    }
}

/// How many areas have a position and are not drawn, where there are too many to be told apart.
fn left_out(map: &AreaMap, language: Language) -> Option<String> {
    let more = map.marks.len().checked_sub(MOST_MARKS).filter(|more| *more > 0)?;
    let more = count(more, language);
    Some(match language {
        En => format!("The most urgent and largest areas are drawn; the table has {more} more."),
        Ar => format!("رُسمت المناطق الأكثر إلحاحا والأكبر؛ وفي الجدول {more} غيرها."),
        Fr => format!(
            "Seules les zones les plus urgentes et les plus peuplées sont dessinées ; le tableau en compte {more} de plus."
        ),
    })
}

const MAP_SOURCE: [&str; 3] = [
    "Outline: Natural Earth (public domain), simplified. Close-ups show no boundaries: the outline is too coarse for that.",
    "المصدر: Natural Earth (ملك عام)، خطوط مبسّطة. لا تُرسم الحدود في الأجزاء المكبّرة لأن الخطوط غير دقيقة بما يكفي.",
    "Tracé : Natural Earth (domaine public), simplifié. Les agrandissements ne montrent pas de frontières : le tracé est trop grossier.",
];

const MAP_TITLE: [&str; 3] = [
    "Map: besieged and hard-to-reach areas, by days left of food",
    "خريطة: المناطق المحاصرة والتي يصعب الوصول إليها، حسب أيام الغذاء المتبقية",
    "Carte : zones assiégées et difficiles d’accès, selon les jours de vivres restants",
];

/// A name, with its days where they are known.
fn at_mark(mark: &Mark, language: Language) -> String {
    let name = name(mark, language);
    match mark.days.filter(|_| mark.band != DaysBand::NotKnown) {
        Some(days) => {
            let colon = say(language, [":", ":", "\u{a0}:"]);
            format!("{name}{colon} {}", days_left(days, language))
        }
        None => name.to_owned(),
    }
}

/// The map in words: the areas of each band, the most urgent first.
#[must_use]
pub fn map_in_words(map: &AreaMap, language: Language) -> String {
    /// Names of a band that are told; a list of hundreds is told by nobody's screen reader to its end.
    const MOST_NAMES: usize = 20;
    let stop = say(language, STOP);
    let comma = say(language, [", ", "، ", ", "]);
    let bands = DaysBand::ALL.iter().filter_map(|own| {
        let names: Vec<&str> = map
            .marks
            .iter()
            .filter(|mark| mark.band == *own)
            .map(|mark| name(mark, language))
            .collect();
        let more = names.len().saturating_sub(MOST_NAMES);
        let mut told = names.get(..names.len().min(MOST_NAMES))?.join(comma);
        if more > 0 {
            let more = count(more, language);
            told = match language {
                En => format!("{told} and {more} more"),
                Ar => format!("{told} و{more} غيرها"),
                Fr => format!("{told} et {more} autres"),
            };
        }
        (!names.is_empty()).then(|| format!("{} ({told})", band(*own, language)))
    });
    bands.collect::<Vec<_>>().join(stop)
}

/// The words of the chart of days left.
#[must_use]
pub(in crate::report) fn of_lasts(chart: &Chart, language: Language) -> LastsLabels {
    let axis = count(chart.axis_days as usize, language);
    let marks = match language {
        En => format!(
            "Hatched band: from the early to the late day. Thick mark: the middle day. Arrow: it goes on beyond the {axis} days shown. The days hold if no further convoy arrives."
        ),
        Ar => format!(
            "الشريط المخطّط: من اليوم المبكر إلى اليوم المتأخر. العلامة السميكة: اليوم الأوسط. السهم: يمتد إلى ما بعد الأيام المبيّنة ({axis}). تصح الأيام ما لم تصل قافلة أخرى."
        ),
        Fr => format!(
            "Bande hachurée : du jour précoce au jour tardif. Trait épais : le jour médian. Flèche : au-delà des {axis} jours montrés. Ces jours valent si aucun autre convoi n’arrive."
        ),
    };
    let title = [
        "Days left of food, by area, the most urgent first",
        "أيام الغذاء المتبقية حسب المنطقة، الأكثر إلحاحا أولا",
        "Jours de vivres restants par zone, les plus urgents d’abord",
    ];
    LastsLabels {
        said: Said {
            title: say(language, title).to_owned(),
            described: chart.described.clone(),
            right_to_left: language.is_right_to_left(),
        },
        notes: vec![marks],
    }
}

/// The words of the chart of people reached.
#[must_use]
pub fn of_reached(months: &[MonthRow], language: Language) -> ReachedLabels {
    let words: Vec<MonthWords> = months.iter().map(|row| month_in_words(row, language)).collect();
    let described: Vec<String> = words
        .iter()
        .map(|month| {
            let comma = if month.share.is_empty() { "" } else { say(language, COMMA) };
            let (name, reached) = (&month.name, &month.reached);
            format!(
                "{name}: {reached}{}{}{comma}{}",
                say(language, COMMA),
                month.in_need,
                month.share
            )
        })
        .collect();
    let title = [
        "People reached by convoys against people in need, by month",
        "الأشخاص الذين وصلت إليهم القوافل مقابل المحتاجين، حسب الشهر",
        "Personnes atteintes par les convois et personnes dans le besoin, par mois",
    ];
    let legend = [
        ["reached, at least", "تم الوصول إليهم، على الأقل", "atteintes, au moins"],
        ["reached, at most", "تم الوصول إليهم، على الأكثر", "atteintes, au plus"],
        [
            "all in besieged and hard-to-reach areas in that month",
            "كل من في المناطق المحاصرة والتي يصعب الوصول إليها في ذلك الشهر",
            "toutes les personnes assiégées et difficiles d’accès ce mois-là",
        ],
    ];
    ReachedLabels {
        said: Said {
            title: say(language, title).to_owned(),
            described: described.join(say(language, STOP)),
            right_to_left: language.is_right_to_left(),
        },
        months: words,
        share: of_share(language),
        legend: legend.map(|words| say(language, words).to_owned()),
        notes: vec![say(language, REACHED_NOTE).to_owned()],
    }
}

const REACHED_NOTE: [&str; 3] = [
    "Each bar is all who were in need in its month, so bars of different months stand for different numbers. Dashed: not known how many were in need. An arrow at its end: at least so many. People are never added across convoys to the same place: the least supposes that all served the same people, the most that none was served twice. No known arrival does not prove that nothing arrived. An arrow: more, nobody told how many.",
    "يمثّل كل شريط جميع المحتاجين في شهره، فأشرطة الشهور المختلفة تمثّل أعدادا مختلفة. المتقطّع: لا يُعرف عدد المحتاجين. سهم في آخره: هذا العدد على الأقل. لا يُجمع عدد الأشخاص بين القوافل إلى المكان نفسه: يفترض الحد الأدنى أنها خدمت الأشخاص أنفسهم، والحد الأعلى أن أحدا لم يُخدم مرتين. عدم معرفة وصول لا يثبت أن شيئا لم يصل. السهم: أكثر، ولم يُذكر العدد.",
    "Chaque barre représente toutes les personnes dans le besoin ce mois-là : d’un mois à l’autre, elle ne vaut pas le même nombre. Tireté : nombre dans le besoin inconnu. Flèche à son bout : au moins ce nombre. Les personnes ne sont jamais additionnées entre convois vers un même lieu : le minimum suppose que tous ont servi les mêmes, le maximum que nul n’a été servi deux fois. Aucune arrivée connue ne prouve pas que rien n’est arrivé. Flèche : davantage, nombre non communiqué.",
];

/// The words of one month.
#[must_use]
pub fn month_in_words(row: &MonthRow, language: Language) -> MonthWords {
    let arrivals = count(row.arrivals, language);
    let reached = if row.arrivals == 0 && row.reached.is_unknown() {
        say(language, ["no known arrival", "لا وصول معروف", "aucune arrivée connue"]).to_owned()
    } else if row.reached.is_unknown() {
        match (language, row.arrivals) {
            (En, 1) => "not known, 1 arrival".to_owned(),
            (En, _) => format!("not known, {arrivals} arrivals"),
            (Ar, _) => format!("غير معروف، حالات الوصول: {arrivals}"),
            (Fr, 1) => "inconnu, 1 arrivée".to_owned(),
            (Fr, _) => format!("inconnu, {arrivals} arrivées"),
        }
    } else {
        range(row.reached, language)
    };
    let need = range(row.in_need, language);
    let in_need = match (language, row.in_need.is_unknown()) {
        (En, true) => "in need: not known".to_owned(),
        (Ar, true) => "المحتاجون: غير معروف".to_owned(),
        (Fr, true) => "dans le besoin : inconnu".to_owned(),
        (En, false) => format!("of {need}"),
        (Ar, false) => format!("من أصل {need}"),
        (Fr, false) => format!("sur {need}"),
    };
    let share = share(super::reached::share(row), language);
    MonthWords { name: month(row.month, language), reached, in_need, share }
}

/// The words of the funnel.
#[must_use]
pub fn of_funnel(steps: &FunnelSteps, period: Period, language: Language) -> FunnelLabels {
    let columns = FUNNEL_COLUMNS.map(|words| say(language, words).to_owned());
    let steps = steps.steps().map(|step| {
        let counted = |heads| self::heads(heads, step.convoys, language);
        let convoys = match step.convoys {
            0 => none_known(language),
            some => count(some, language),
        };
        [convoys, counted(step.trucks), counted(step.people)]
    });
    let [requested, approved, loaded, arrived] = steps;
    let [a, b, c, d] = FUNNEL_STEPS.map(|words| say(language, words).to_owned());
    let steps = [
        StepWords { name: a, amounts: requested },
        StepWords { name: b, amounts: approved },
        StepWords { name: c, amounts: loaded },
        StepWords { name: d, amounts: arrived },
    ];
    let title = [
        "How far the convoys of the period came",
        "إلى أين وصلت قوافل الفترة",
        "Jusqu’où sont allés les convois de la période",
    ];
    FunnelLabels {
        said: Said {
            title: say(language, title).to_owned(),
            described: funnel_in_words(&columns, &steps, language),
            right_to_left: language.is_right_to_left(),
        },
        columns,
        steps,
        notes: vec![period_in_words(period, language), say(language, FUNNEL_NOTE).to_owned()],
    }
}

fn funnel_in_words(columns: &[String; 3], steps: &[StepWords; 4], language: Language) -> String {
    let comma = say(language, [", ", "، ", ", "]);
    let each = steps.iter().map(|step| {
        let pairs = columns.iter().zip(&step.amounts);
        let parts: Vec<String> =
            pairs.map(|(column, amount)| format!("{column} {amount}")).collect();
        format!("{}: {}", step.name, parts.join(comma))
    });
    each.collect::<Vec<_>>().join(say(language, STOP))
}

const FUNNEL_STEPS: [[&str; 3]; 4] = [
    ["Requested", "طُلبت", "Demandés"],
    ["Approved", "ووفق عليها", "Approuvés"],
    ["Loaded", "حُمّلت", "Chargés"],
    ["Arrived", "وصلت", "Arrivés"],
];

const FUNNEL_COLUMNS: [[&str; 3]; 3] = [
    ["Convoys", "القوافل", "Convois"],
    ["Trucks", "الشاحنات", "Camions"],
    ["People they are for", "الأشخاص المستهدفون", "Personnes visées"],
];

const FUNNEL_NOTE: [&str; 3] = [
    "Sources give one number of trucks and people for all steps; each step holds those of the next. Dashed: none known, or nobody told how many. Arrow: more, nobody told how many. People of several convoys to one place are added here and may be the same.",
    "تعطي المصادر عددا واحدا للشاحنات والأشخاص لكل المراحل، وكل مرحلة تشمل ما بعدها. المتقطّع: لا شيء معروف، أو لم يُذكر العدد. السهم: أكثر، ولم يُذكر العدد. يُجمع هنا أشخاص قوافل عدة إلى مكان واحد وقد يكونون هم أنفسهم.",
    "Les sources donnent un seul nombre de camions et de personnes pour toutes les étapes ; chaque étape contient la suivante. Tireté : aucun connu, ou nombre non communiqué. Flèche : davantage, nombre non communiqué. Les personnes de plusieurs convois vers un même lieu sont ici additionnées et peuvent être les mêmes.",
];

fn period_in_words(period: Period, language: Language) -> String {
    format!("{}.", capitalised(&Tongue::of(language).span(period)))
}

/// That none is known does not say that there was none.
fn none_known(language: Language) -> String {
    say(language, ["none known", "لا شيء معروف", "aucun connu"]).to_owned()
}

/// A sum of trucks or people.
fn heads(heads: Heads, convoys: usize, language: Language) -> String {
    if convoys == 0 { none_known(language) } else { range(heads.figure, language) }
}
