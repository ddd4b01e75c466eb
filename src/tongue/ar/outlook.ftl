# كم يكفي الغذاء، وما الناقص.

lasts-heading = كم يكفي الغذاء
lasts-nothing = لم تكن أي منطقة معروفة محاصرة أو يصعب الوصول إليها، ولا أي مخزون محصى.
lasts-band = اليوم المبكر والأوسط والمتأخر: احتمال واحد من عشرة أن ينفد الغذاء قبل اليوم المبكر، ويتساوى احتمال نفاده قبل اليوم الأوسط وبعده، واحتمال واحد من عشرة أن يبقى إلى ما بعد اليوم المتأخر.
lasts-holds-if = وتصح هذه الأيام إن لم تصل قافلة أخرى.
lasts-over = أكثر من { $days }
lasts-range = { $middle } (بين { $early } و{ $late })
lasts-gone = الغذاء المحصى نفد
lasts-gone-range = الغذاء المحصى نفد (بين 0 و{ $late })
lasts-never = لا ينفد في الظروف الراهنة
lasts-not-within = ليس خلال { PLURAL($days) ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
}
lasts-nobody = لا أحد يحتاج إليه
later-than-looked = بعد المدة المنظور فيها
one-in-ten-before = احتمال واحد من عشرة قبل { $day }
not-before = ليس قبل { $day }، أي بعد { $days }

counted-that-day = أُحصي في { $day }، في اليوم نفسه{ $held }
counted-ago = أُحصي في { $day }، قبل { $days }{ $held }
held-by = ، لدى { $holders }
since-then = ومنذ ذلك الحين: { $events }
known-since = المعروف: { $events }

head-days-left = الأيام المتبقية
head-rests-on = الأساس
head-urgency = الإلحاح
not-called-cut-off = لا تعدها أي جهة معزولة
deliveries-alone = عمليات التسليم المعروفة وحدها؛ المخزون غير محصى
deliveries-alone-text = المخزون غير محصى، عمليات التسليم المعروفة وحدها
food-line = { $area }. الأيام المتبقية: { $left }. الإلحاح: { $urgency }. السكان: { $people }. الأساس: { $rests }.
food-dates = { $left }: { $dates }

## ما ينبغي الانتباه إليه

note-one_holder = يستند إلى ما لدى منظمة واحدة: الأيام حد أدنى وليست توقعا. وما لدى غيرها ولدى الأسر غير مشمول.
note-unknown_inflow = ما يدخل من تلقاء نفسه (إنتاج محلي، تجارة، تهريب) غير معروف ويُعدّ معدوما: قد يكفي الغذاء مدة أطول.
note-stale_count = الإحصاء قديم: ما استُهلك وجُلب وفُقد بعده محسوب لا محصى.
note-counts_may_overlap = أحصت منظمات عدة ما لديها وربما أحصت الغذاء نفسه: الأدنى هو أكبر إحصاء، والأعلى مجموعها.
note-unknown_arrivals = وصل شيء لم يذكر أحد مقداره، وهو غير محسوب: قد يكفي الغذاء مدة أطول.
note-assumed_ration = طاقة الحصص المخزونة غير مذكورة: أُخذت بين حصة البرنامج و2,100 سعرة حرارية.
note-assumed_cargo = في بعض عمليات الوصول لا تذكر المصادر إلا عدد من كانت لهم؛ وافتُرضت حصة البرنامج.
note-open_population = لم يذكر أحد حدا أعلى لعدد السكان: قد يقع اليوم المبكر قبل ذلك.
note-low_ration = يُفترض أن الناس يأكلون أقل من نصف حاجتهم.
note-counts_in_words = إفادات أخرى عن المخزون واردة بعبارات أو وحدات لا يمكن عدّها، وقد تُركت.

## مناطق بلا موعد

area-with-people = { $area } (السكان: { $people })
stock-not-counted = مناطق تُعدّ محاصرة أو يصعب الوصول إليها ولا يُعرف أن أحدا أحصى مخزونها ({ areas }): { $named }.
count-first = وأولاها بالإحصاء، حيث يُستهلك ما عُرف وصوله أسرع ويعيش أكثر الناس: { $named }.
people-not-counted = مناطق لا يُعرف أن أحدا أحصى سكانها، فلا يمكن تحديد شيء ({ areas }): { $named }.
nobody-in-need = لا أحد هناك يحتاج إلى الغذاء: { $named }.

## الجملة في رأس التقرير

ends-first = { $area }: ينفد { $food ->
    [counted] الغذاء المحصى
   *[all] الغذاء
} نحو { $middle }، أي بعد { $days } (بين { $early } و{ $late })، إن لم تصل قافلة أخرى.
ends-first-gone = { $area }: نفد { $food ->
    [counted] الغذاء المحصى
   *[all] الغذاء
} حتى الآن.
ends-first-holder = ولم يُحصَ إلا مخزون { $holders }، في { $day }{ $aged ->
    [yes] ، قبل { $age }
   *[no] {""}
}: وهذا حد أدنى للموعد وليس توقعا.
ends-first-others = وينفد خلال أسبوعين أيضا في { PLURAL($count) ->
    [zero] لا منطقة أخرى
    [one] منطقة أخرى
    [two] منطقتين أخريين
    [few] { $count } مناطق أخرى
    [many] { $count } منطقة أخرى
   *[other] { $count } منطقة أخرى
}.

## الرسم

chart-title = الأيام المتبقية من الغذاء حسب المنطقة، الأكثر إلحاحا أولا
chart-described = { $days }. وفي الجدول الأرقام نفسها.
chart-bar = { $area }: { $left }
chart-caption = الشريط المخطط: من اليوم المبكر إلى المتأخر. العلامة السميكة: اليوم الأوسط. السهم: يمتد إلى ما بعد الأيام المعروضة (عددها { $days })، وبدايتها { $begin }. ويقع اليوم على المحور عند نهايته.
chart-left-out = وفي الجدول { more-areas }.

## الفجوة

gap-heading = الفجوة في الأيام الثلاثين المقبلة
gap-not-known = غير معروفة: لا يُعرف أن أحدا أحصى السكان.
gap-lead = السكان بلا غذاء، من { $from } إلى { $to }، وما يلزم لهم.
head-people-without-food = السكان بلا غذاء
head-tonnes = الأطنان
head-convoys-of-gap = القوافل
gap-stock-not-counted = المخزون غير محصى
gap-line = { $area }: { $missing }.
gap-missing = السكان { $people }؛ الأطنان { $tonnes }؛ الشاحنات { $trucks }
gap-missing-convoys = السكان { $people }؛ الأطنان { $tonnes }؛ الشاحنات { $trucks }؛ القوافل { $convoys }
gap-all = المجموع ({ PLURAL($areas) ->
    [zero] لا منطقة
    [one] منطقة واحدة
    [two] منطقتان
    [few] { $areas } مناطق
    [many] { $areas } منطقة
   *[other] { $areas } منطقة
})
gap-all-text = المجموع ({ PLURAL($areas) ->
    [zero] لا منطقة
    [one] منطقة واحدة
    [two] منطقتان
    [few] { $areas } مناطق
    [many] { $areas } منطقة
   *[other] { $areas } منطقة
})، من الأدنى إلى الأعلى: { $missing }.
least-to-most = من الأدنى إلى الأعلى
gap-assumes = على افتراض 2,100 سعرة حرارية لكل شخص في اليوم، و{ $ration } كغ للحصة، وفقدان { $loss } في المائة أثناء المناولة، وحمولة الشاحنة بالطن { $payload }{ $own }، وعدم وصول قافلة أخرى؛ وحيث المخزون غير محصى قد يكون هناك ما يكفي الجميع.
gap-own = ؛ ووفق المسجل بشأن: { $areas }
gap-own-area = { $area } ({ $haulage })
gap-haulage = { $ration } كغ، { $loss } في المائة، { $payload } طن
gap-haulage-convoy = { $ration } كغ، { $loss } في المائة، { $payload } طن، عدد شاحنات القافلة { $trucks }
gap-no-convoys = عدد القوافل غير مذكور: لم يسجل أحد كم شاحنة تسير في القافلة.
gap-unknown = وما ينقص مناطق أخرى غير معروف ({ PLURAL($count) ->
    [zero] 0
    [one] منطقة واحدة
    [two] منطقتان
    [few] { $count } مناطق
    [many] { $count } منطقة
   *[other] { $count } منطقة
}): لا يُعرف أن أحدا أحصى السكان.
