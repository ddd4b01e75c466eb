// The program's remarks, which it writes in English, in the other two languages. What is not known stays as it is.
import { language } from '../tongue';

type Other = 'ar' | 'fr';

const SENTENCES: [RegExp, Record<Other, string>][] = [
  [/^Nobody is known to have counted what is in store\. The day given/, { ar: 'لا يُعرف أن أحداً أحصى المخزون. اليوم المذكور هو الأبكر: وهو يستند إلى عمليات التسليم المعروفة وحدها.', fr: 'Personne, à notre connaissance, n’a compté les stocks. Le jour donné est le plus précoce : il ne repose que sur les livraisons connues.' }],
  [/^Nobody is known to have counted what is in store: the gap/, { ar: 'لا يُعرف أن أحداً أحصى المخزون: يقع النقص بين لا شيء وما تتركه عمليات التسليم المعروفة.', fr: 'Personne, à notre connaissance, n’a compté les stocks : le manque se situe entre rien et ce que les livraisons connues laissent à couvrir.' }],
  [/^Nobody is known to have counted the people/, { ar: 'لا يُعرف أن أحداً أحصى السكان.', fr: 'Personne, à notre connaissance, n’a compté la population.' }],
  [/^This rests on what one organisation \((.*)\) holds/, { ar: 'يستند هذا إلى ما لدى جهة واحدة ($1): وهو حد أدنى للتاريخ وليس توقعاً. ولا يشمل ما لدى غيرها والأسر.', fr: 'Ceci repose sur ce que détient une seule organisation ($1) : c’est une date plancher, non une prévision. Ce que détiennent les autres et les familles n’y est pas.' }],
  [/^The count is (\d+) days old/, { ar: 'عمر الإحصاء بالأيام: $1.', fr: 'Le comptage date de $1 jours.' }],
  [/^The days hold if no further convoy arrives/, { ar: 'تصح هذه الأيام إن لم تصل قافلة أخرى.', fr: 'Ces jours valent si aucun autre convoi n’arrive.' }],
  [/^The days hold if the planned convoys arrive/, { ar: 'تصح هذه الأيام إن وصلت القوافل المقررة كما خُطط ولم يصل غيرها.', fr: 'Ces jours valent si les convois prévus arrivent comme prévu et aucun autre.' }],
  [/^What comes in by itself was told long ago/, { ar: 'ما يدخل من تلقائه ذُكر منذ وقت طويل؛ إن توقف كان النفاد أبكر.', fr: 'Ce qui entre de soi-même a été dit il y a longtemps ; si cela a cessé, l’épuisement vient plus tôt.' }],
  [/^Several organisations counted what they hold/, { ar: 'أحصت عدة جهات ما لديها وربما أحصت الغذاء نفسه: الأدنى هو أكبر إحصاء والأعلى هو مجموعها.', fr: 'Plusieurs organisations ont compté ce qu’elles détiennent, peut-être les mêmes vivres : le minimum est le plus grand comptage, le maximum leur somme.' }],
  [/^What comes in by itself \(own production.*taken as nothing; it may last longer/, { ar: 'ما يدخل من تلقائه (إنتاج محلي، تجارة، تهريب) غير معروف ويُحسب كأنه لا شيء؛ فقد يدوم المخزون أكثر.', fr: 'Ce qui entre de soi-même (production propre, commerce, contrebande) n’est pas connu et compte pour rien ; cela peut durer plus longtemps.' }],
  [/^What comes in by itself is not known and is taken as nothing/, { ar: 'ما يدخل من تلقائه غير معروف ويُحسب كأنه لا شيء.', fr: 'Ce qui entre de soi-même n’est pas connu et compte pour rien.' }],
  [/^Something arrived of which it is not known how much came here;/, { ar: 'وصل شيء لا يُعرف كم بلغ هذه المنطقة منه؛ وهو غير محسوب، فقد يدوم المخزون أكثر.', fr: 'Il est arrivé quelque chose dont la quantité venue ici n’est pas connue ; ce n’est pas compté, cela peut donc durer plus longtemps.' }],
  [/^Something arrived of which it is not known how much came here/, { ar: 'وصل شيء لا يُعرف كم بلغ هذه المنطقة منه.', fr: 'Il est arrivé quelque chose dont la quantité venue ici n’est pas connue.' }],
  [/^Something was destroyed of which/, { ar: 'أُتلف شيء لا تُعرف كميته هنا: بين لا شيء وكل ما كان.', fr: 'Quelque chose a été détruit dont la quantité n’est pas connue : entre rien et tout ce qu’il y avait.' }],
  [/^The energy of the rations in store is not told/, { ar: 'لم تُذكر طاقة الحصص المخزونة: بين حصة البرنامج و2,100 كيلوكالوري.', fr: 'L’énergie des rations en stock n’est pas dite : entre la ration du programme et 2 100 kcal.' }],
  [/^For some arrivals the sources only say/, { ar: 'لا تذكر المصادر لبعض ما وصل إلا عدد من خُصص لهم؛ وافتُرضت حصة البرنامج.', fr: 'Pour certaines arrivées, les sources disent seulement pour combien de personnes ; la ration du programme a été supposée.' }],
  [/^Nobody gave an upper end/, { ar: 'لم يذكر أحد حداً أعلى لعدد السكان، فلا يوم مبكر: كلما زاد عددهم كان النفاد أبكر.', fr: 'Personne n’a donné de maximum de population : il n’y a donc pas de jour précoce ; plus il y a de monde, plus tôt vient l’épuisement.' }],
  [/^People are taken to eat less than half/, { ar: 'يُفترض أن السكان يأكلون أقل من نصف حاجتهم.', fr: 'On suppose que les gens mangent moins de la moitié de ce qu’il leur faut.' }],
  [/^Some statements of stocks are in words/, { ar: 'بعض ما قيل عن المخزون جاء بالكلمات أو بوحدات لا تُعد؛ وهو مذكور بين المدخلات.', fr: 'Certaines indications de stocks sont en mots ou dans des unités qui ne se comptent pas ; elles figurent parmi les données.' }],
  [/^What there was to eat over what was needed/, { ar: 'ما توفر من غذاء مقسوماً على الحاجة، محمولاً من يوم إلى يوم. وحيث لم يُحصَ المخزون تقع التغطية بين ما تعطيه عمليات التسليم المعروفة وبين الكل.', fr: 'Ce qu’il y avait à manger rapporté au besoin, reporté de jour en jour. Là où personne n’a compté les stocks, la couverture se situe entre ce que donnent les livraisons connues et la totalité.' }],
];

/** A remark in the language that is read, and which language that is. */
export function remark(sentence: string): { text: string; lang: string } {
  if (language.value !== 'en') {
    for (const [pattern, other] of SENTENCES) {
      const found = pattern.exec(sentence);
      if (found) return { text: other[language.value as Other].replace('$1', found[1] ?? ''), lang: language.value };
    }
  }
  return { text: sentence, lang: 'en' };
}
