# المناطق والقوافل والهدن والإفادات والحوادث.

## المناطق

areas-heading = المناطق
areas-heading-text = المناطق المدرجة بوصفها محاصرة أو يصعب الوصول إليها
areas-none = لم تكن أي منطقة معروفة مدرجة بوصفها محاصرة أو يصعب الوصول إليها.
areas-lead = كل منطقة تدرجها أي جهة بوصفها محاصرة أو يصعب الوصول إليها. والعدد المفرد هو الرقم الوحيد لدى مصدر، مذكور بلا نطاق.
areas-lead-text = حيث لا يُذكر شيء عن الغذاء أو القوافل، لا يُعرف أي وصول خلال الأيام الثلاثين الأخيرة ولا أي قافلة خلال الفترة.
head-area = المنطقة
head-listed-as = التصنيف
head-people = السكان
head-last-arrival = آخر وصول معروف
head-need-met = ما غُطي من الاحتياجات الغذائية خلال 30 يوما
head-convoys = قوافل الفترة
unit-not-known = المحافظة غير معروفة
in-area = ضمن { $area }
listing = { $by }: { $status }
tier = ، الدرجة { $tier }
listing-line = { $listing }، { $day }{ $cite }
not-known-alone = غير معروف لها وحدها
not-known-alone-groups = غير معروف لها وحدها ({ $groups })
sources-differ = المصادر متباينة
none-known = لا شيء معروف
no-arrival-known = لا وصول معروف
arrival = { $day }، { $ago }{ $cite }
less-than-a-day-ago = قبل أقل من يوم
days-ago = { PLURAL($count) ->
    [zero] قبل أقل من يوم
    [one] قبل يوم واحد
    [two] قبل يومين
    [few] قبل { $count } أيام
    [many] قبل { $count } يوما
   *[other] قبل { $count } يوم
}
running-total = مجموع تراكمي يفيد بعمليات تسليم حتى { $day }
of-group = { $group } مجتمعةً: { $people }، { $by }، { $day }
convoys-of-area = المقررة { $planned }، المسموح بها { $allowed }، المرفوضة { $refused }، الواصلة { $arrived }
area-line = { $area }. { $listed }. السكان: { $people }. آخر وصول معروف: { $arrival }.
area-need-met = ما غُطي من الاحتياجات الغذائية خلال 30 يوما: { $share }.
area-convoys = قوافل الفترة: { $convoys }.

## القوافل

convoys-heading = قوافل الفترة
convoys-none = لا تُعرف قافلة كانت مقررة أو مطلوبة أو في الطريق خلال الفترة.
convoys-none-text = لا تُعرف قافلة كانت مقررة أو مطلوبة أو في الطريق.
convoys-lead = أعداد الأشخاص هي أقوال المصادر. وإلى جانبها عدد من تكفيهم الحمولة 30 يوما على أساس 2,100 سعرة حرارية، بعد خصم الخسائر.
head-convoy = القافلة
head-stage = المرحلة
head-trucks = الشاحنات
head-people-meant = المستهدفون
head-people-reached = من وصلت إليهم
head-fed = تكفيهم 30 يوما
head-taken-off = ما أُنزل منها
to-areas = إلى { $areas }
area-not-named = منطقة غير مسماة
uncounted-mission = بعثة بلا بضائع، غير محتسبة
uncounted-whole = محتسبة من خلال أجزائها
uncounted-part = جزء من { $whole }، لا تُحتسب مرتين
removed-nothing = لم يُبلَّغ عن شيء
removed-medical = مواد طبية
removed-goods = بضائع
removed-share = { $what }، { $share } في المائة من الوزن المعروف
removed-unknown = { $what }، والمقدار غير معروف
cargo-assumed = الحمولة مفترضة
cargo-partly-unknown = الحمولة غير معروفة جزئيا
convoy-line = { $convoy } إلى { $to }{ $uncounted }: { $stage }، { $day }. الشاحنات: { $trucks }. المستهدفون: { $meant }، ومن وصلت إليهم: { $reached }، وفق المصادر. وحمولتها تكفي 30 يوما: { $fed }{ $assumed }. ما أُنزل منها: { $removed }{ $cite }.

## الهدن

pauses-heading = هدن القتال، ومن لم يرد
pauses-none = لا تُعرف هدنة مطلوبة أو سارية.
pause-title = { $pause } ({ $state }).
pause-line = { $verb ->
    [asked] طلبها
   *[announced] أعلنها
} { $by }{ $dated ->
    [yes] {" "}في { $on }
   *[no] {""}
}{ $addressed ->
    [yes] ، ووُجّهت إلى { $of }
   *[no] {""}
}.
pause-length = المدة: { $length }.
hours = { PLURAL($count) ->
    [zero] 0 ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
recurrence-daily = يوميا
recurrence-weekly = أسبوعيا
recurrence-monthly = شهريا
recurrence-once = مرة واحدة
recurrence-as_needed = عند الحاجة
pause-begin-end-not-known = البداية والنهاية: غير معروفتين.
pause-end-not-known = من { $from }؛ والنهاية: غير معروفة.
pause-from-to = من { $from } إلى { $to }.
pause-where = المكان: { $areas }.
somebody-not-named = جهة غير مسماة
answer-line = { $party }: { $answer }، { $day }
answer-conditions = ، بشرط: { $conditions }
answer-none = { $party }: { $none }
no-answer-known = لا يُعرف أي رد
no-answer-from = لا يُعرف أي رد من: { $parties }.
unnamed-parties = الأطراف، ولا يسميها المصدر
breach = خرق مبلَّغ عنه، { $day }
breach-by = ، ينسبه المصدر إلى { $by }
breach-killed = ؛ القتلى: { $killed }
breach-ended = ؛ وقد أنهى الهدنة

## ما تقوله المصادر

statements-heading = ما تقوله المصادر
statements-none = لم تُسجَّل إفادة خلال الفترة.
statements-lead = إفادات الفترة كما سُجّلت، ولكل منها صاحبها.
statement = { $by }: { $text }

## الحوادث

incidents-heading = حوادث الفترة
incidents-heading-text = حوادث الفترة، وفق ما أُفيد
incidents-none = لم يُسجَّل حادث خلال الفترة.
incidents-lead = وفق ما أُفيد؛ ولا يُذكر الفاعل إلا برواية مصدر.
days-of-incident = من { $from } إلى { $to }
incident-day = { $day }:
incident-line = { $title }. القتلى: { $killed }. المصابون: { $injured }.
incident-by = ينسبه المصدر إلى: { $by }.
