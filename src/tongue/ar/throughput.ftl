# ما يمكن أن يمر خلال هدنة.

through-gets = { truckloads } خلال { PLURAL($windows) ->
    [zero] لا فترة؛ الأطنان: { $tonnes }
    [one] فترة واحدة؛ الأطنان: { $tonnes }
    [two] فترتين؛ الأطنان لكل فترة: { $tonnes }
    [few] { $windows } فترات؛ الأطنان لكل فترة: { $tonnes }
    [many] { $windows } فترة؛ الأطنان لكل فترة: { $tonnes }
   *[other] { $windows } فترة؛ الأطنان لكل فترة: { $tonnes }
}{ $fed ->
    [told] : { $food }
   *[no] {""}
}.
through-food = غذاء لعدد من السكان قدره { $people } مدة { PLURAL($count) ->
    [zero] { $days } يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
}
through-food-share = { $food }، أي { $share } في المائة مما يحتاجون إليه جميعا
through-nobody = لا أحد هناك يحتاج إلى الغذاء، فلا توجد تغطية.
through-how-many = عدد السكان غير معروف.
through-nothing = لا يمر شيء: { $missing }.
lacks-trucks = لا شاحنات
lacks-lanes = لا ممرات في نقطة التفتيش
lacks-docks = لا أرصفة تفريغ
through-trip = لا يمر شيء: ساعات الرحلة الواحدة { $trip } وساعات أطول مدة عمل { $longest }.
through-lead = لا يمر شيء: ساعات ما قبل تحرك أول شاحنة { $lead } وساعات ما قبل النهاية { $buffer }، فلا تبقى ساعات عمل من فترة ساعاتها { $hours }.

## ما يعيق الشاحنات

bottleneck-offloading = التفريغ هو الذي يعيق المرور{ $trucks ->
    [no_gain] : ولا تغيّر زيادة الشاحنات شيئا
   *[some] {""}
}. ينبغي طلب أرصفة وتفريغ أسرع وساعات.
bottleneck-checkpoint = نقطة التفتيش هي التي تعيق المرور{ $trucks ->
    [no_gain] : ولا تغيّر زيادة الشاحنات شيئا
   *[some] {""}
}. ينبغي طلب ممرات وتفتيش أسرع وساعات.
bottleneck-fleet = عدد الشاحنات هو الذي يحد من المرور.
bottleneck-window_too_short = الهدنة أقصر من رحلة واحدة. ينبغي طلب ساعات، أو وقت أقل قبل تحرك أول شاحنة.

## ما يفعله تغيير واحد

lever-trucks = عدد الشاحنات { $to } بدلا من { $from }: { $effect }.
lever-docks = عدد أرصفة التفريغ { $to } بدلا من { $from }: { $effect }.
lever-lanes = عدد ممرات نقطة التفتيش { $to } بدلا من { $from }: { $effect }.
lever-inspection_hours = دقائق تفتيش الشاحنة { $to } بدلا من { $from }: { $effect }.
lever-unload_hours = دقائق تفريغ الشاحنة { $to } بدلا من { $from }: { $effect }.
lever-lead_hours = ساعات ما قبل تحرك أول شاحنة { $to } بدلا من { $from }: { $effect }.
lever-round-the-clock = العمل على مدار الساعة بدلا من عدد ساعات في اليوم قدره { $from }: { $effect }.
lever-working_hours = ساعات العمل في اليوم { $to } بدلا من { $from }: { $effect }.
effect-nothing = لا شيء أيضا
effect-from-none = { PLURAL($count) ->
    [zero] لا حمولة شاحنة
    [one] حمولة شاحنة واحدة
    [two] حمولة شاحنتين
    [few] حمولة { $count } شاحنات
    [many] حمولة { $count } شاحنة
   *[other] حمولة { $count } شاحنة
} بدلا من لا شيء
effect-less = أقل بنسبة { $percent } في المائة
effect-more = أكثر بنسبة { $percent } في المائة

## ما ينبغي الانتباه إليه

through-not_agreed = لم يوافق كل من يلزم أن يوافق: هذا ما يمكن أن يمر لو وافقوا.
through-windows_sent = هذه هي الفترات المرسلة، لا فترات السجل.
through-first_start_sent = أُخذ أنها تبدأ في الوقت المرسل، لا كما يقول السجل.
through-time_zone_assumed = لم تُذكر منطقة زمنية لها أو لمناطقها؛ وأُخذ التوقيت المحلي على أنه توقيت غرينتش.
through-start_time_assumed = لا يُعرف من بدايتها إلا اليوم؛ وأُخذ أنها تبدأ في 00:00 بالتوقيت المحلي.
through-default_payload = افتُرضت 15 طنا للشاحنة؛ وحمولة الشاحنات من 5 إلى 20 طنا.
through-payload_unusual = حمولة الشاحنات عادة من 5 إلى 20 طنا.
through-honour_unknown = لم يقل أحد ما احتمال الالتزام بفترة: فلا يُذكر ما يُتوقع.
through-population_unknown = لم يحصِ أحد السكان: فلا تُذكر التغطية. ينبغي إرسال عدد السكان، أو مناطق يُعرف عدد سكانها.
through-stock_unknown = ما لديهم غير معروف ويُعدّ معدوما: قد يكفي عدد أقل من الفترات.
through-inflow_unknown = ما يدخل من تلقاء نفسه غير معروف ويُعدّ معدوما: قد تكون التغطية أعلى.
through-no_need = لا أحد هناك يحتاج إلى الغذاء: لا توجد تغطية.
through-several_logistics = لعدة مناطق بياناتها اللوجستية الخاصة؛ وأُخذت بيانات أولاها.
through-areas_without_count = لم يحصِ أحد سكان { $areas }؛ فلم يُحتسبوا.
through-as-given = المعطيات كما ذُكرت؛ والتغطية تحسب الغذاء وحده موزعا بالتساوي.
