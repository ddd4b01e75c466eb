# ما تجده القواعد، في جملة أو أكثر.

## لا شيء يصل

alert-no-delivery-total = يفيد مجموع تراكمي بعمليات تسليم في { $area } حتى { $day }، أي قبل { PLURAL($days) ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
}؛ ولا يُعرف شيء بعد ذلك.
alert-no-delivery-since = لا يُعرف أن شيئا وصل إلى { $area } منذ { $day }، أي قبل { PLURAL($days) ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
}.
alert-no-delivery-ever = لا يُعرف أن شيئا وصل في أي وقت إلى { $area }، المعزولة منذ { $day } على الأقل.

## ما يصل قليل

alert-low-coverage-none = لا يُعرف أي تسليم للغذاء في { $area } خلال الأيام الثلاثين الأخيرة، ولا شيء باق مما سبق.
alert-low-coverage = ما توافر من غذاء خلال الأيام الثلاثين الأخيرة يغطي { $share } من الاحتياجات الغذائية في { $area }{ $sure ->
    [possibly] {" "}(احتمالا: النطاق يقع على جانبي العتبة)
   *[surely] {""}
}.
alert-low-coverage-held = كانت النسبة أدنى من قبل، وليس مؤكدا بعد أنها تجاوزت { $clear } في المائة.
alert-share-at-least = { $low } في المائة على الأقل
alert-share-one = { $low } في المائة
alert-share-between = بين { $low } و{ $high } في المائة

## جهة جديدة تعدها محاصرة

alert-besieged-since = { $area } محاصرة منذ { $day } وفق { $by }.
alert-besieged-listed = أُدرجت { $area } منطقةً محاصرة في { $day } وفق { $by }؛ ولا يُعرف هنا إدراج أسبق من الجهة نفسها.
alert-by-un = الأمم المتحدة
alert-by-siege_watch = سيج ووتش (مرصد الحصار)
alert-by-press = الصحافة وتقارير أخرى
alert-by-own = تقديرنا

## التقديرات

alert-stale-population = أحدث تقدير لعدد السكان في { $area } عمره { PLURAL($days) ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
} ({ $people }).
alert-stale-stock = ما يُعرف عن المخزون في { $area } عمره { PLURAL($days) ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
}.
alert-jump = عدد السكان في { $area } حسب { $by }: { $now }، وكان قبل ذلك { $before }.
alert-contradiction = تقديرات عدد السكان في { $area } ينفي بعضها بعضا: { $one } و{ $other }.
alert-future = السجل { $code } ({ $kind }) مؤرخ في { $day }، وهو يوم لم يأت بعد.

## القوافل

alert-area-not-named = منطقة غير مسماة
alert-overdue = القافلة { $convoy } إلى { $to } كان موعد وصولها قبل { PLURAL($hours) ->
    [zero] أقل من ساعة
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $hours } ساعات
    [many] { $hours } ساعة
   *[other] { $hours } ساعة
}، وحالها: { $stage_word }.
alert-denied = { $how ->
    [denied] رُفضت القافلة { $convoy } إلى { $to }
   *[turned_back] أُعيدت القافلة { $convoy } المتجهة إلى { $to } من حيث أتت
} في { $day }.
alert-attacked = القافلة { $convoy } إلى { $to }: { $stage_word } في { $day }.
alert-removed = أُنزلت { $what ->
    [surgical] مواد جراحية أو لعلاج الإصابات
    [medical] مواد طبية
   *[goods] مواد
} من القافلة { $convoy } إلى { $to }{ $known ->
    [yes] {" "}({ $share } في المائة من الوزن المعروف)
   *[no] {""}
}.
alert-over-people = يقال إن القافلة { $convoy } وصلت إلى { $reached } من السكان، وأعلى تقدير لعدد السكان هو { $people }.
alert-over-goods = أُنزل من القافلة { $convoy } أكثر مما حُمّل عليها، وفق ما أُفيد.
alert-stalled = القافلة { $convoy } إلى { $to } { $where ->
    [departed] على الطريق
   *[at_checkpoint] عند نقطة تفتيش
}؛ ولم يرد عنها خبر منذ { PLURAL($hours) ->
    [zero] أقل من ساعة
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $hours } ساعات
    [many] { $hours } ساعة
   *[other] { $hours } ساعة
}.
alert-stalled-pause = تنتهي الهدنة «{ $pause }» بعد { PLURAL($hours) ->
    [zero] أقل من ساعة
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $hours } ساعات
    [many] { $hours } ساعة
   *[other] { $hours } ساعة
}.

## ما لم يحصه أحد

alert-gap-people = ينبغي إحصاء السكان في { $area }؛ فالغذاء محصى، ولكن لا يُعرف لكم شخصا.
alert-gap-both = ينبغي إحصاء السكان والغذاء في { $area }؛ ولا يُعرف إحصاء لأي منهما.
alert-gap-stock = ينبغي إحصاء الغذاء المخزون في { $area }؛ { $why ->
    [words] فما يُعرف عنه عبارات أو مقادير لا يمكن تحويلها إلى أيام
   *[none] ولا يُعرف إحصاء له
}.
alert-gap-floor = ما يُعرف وصوله يكفي حتى { $day } على الأقل.
alert-gap-loss = أُصيب مستودع في { $area } في { $day }، وفق ما أُفيد؛ ولا يمكن تحديد ما فُقد من الغذاء. وينبغي إحصاء ما تبقى.

## الحوادث

alert-incident = { $what } في { $place } في { $day }، وفق ما أُفيد.
alert-a-facility = مرفق
alert-facility = أُصيب مرفق في { $place } في { $day }، وفق ما أُفيد: { $what }.
alert-facility-last = كل ما هو مسجل هناك من نوعه خارج الخدمة.

## الهدن

alert-somebody = جهة غير مسماة
alert-the-parties = الأطراف
alert-pause-unanswered = { $who }: لا رد على الهدنة التي طلبها { $by } في { $day }.
alert-pause-violated = خُرقت الهدنة «{ $pause }» في { $day }، وفق ما أُفيد.
alert-pause-ending = تنتهي الهدنة «{ $pause }» بعد { $hours } ساعة{ $bound ->
    [earliest] {" "}على أقرب تقدير
   *[exact] {""}
} وما زالت في الداخل { PLURAL($convoys) ->
    [zero] 0 قافلة
    [one] قافلة واحدة
    [two] قافلتان
    [few] { $convoys } قوافل
    [many] { $convoys } قافلة
   *[other] { $convoys } قافلة
}، في { $areas }؛ { $way ->
    [known] ويستغرق طريق الخروج { $exit } ساعة
   *[unknown] ومدة طريق الخروج غير مسجلة
}.

## نفاد الغذاء

alert-days = { PLURAL($days) ->
    [zero] يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
}
alert-runout-out = وفق المعروف، استُهلك الغذاء المخزون في { $area }.
alert-runout-both = الغذاء المعروف وجوده في { $area } يكفي نحو { $left }{ $until ->
    [known] ، حتى { $day }
   *[unknown] {""}
} (باحتمال واحد من عشرة أن ينفد خلال { $early }).
alert-runout-about = الغذاء المعروف وجوده في { $area } يكفي نحو { $left }{ $until ->
    [known] ، حتى { $day }
   *[unknown] {""}
}.
alert-runout-early = ثمة احتمال واحد من عشرة أن ينفد الغذاء المعروف في { $area } خلال { $early }.
alert-runout-long = الغذاء المعروف وجوده في { $area } يكفي مدة طويلة.
alert-runout-count = يستند ذلك إلى إحصاء { $day }.
alert-runout-holder = يستند ذلك إلى ما كان لدى { $holders } وحدها في { $day }: وهو حد أدنى للموعد وليس توقعا.
alert-runout-moved = قد تغيره قافلة أو إحصاء جديد.
alert-runout-moved-inflow = قد تغيره قافلة أو إحصاء جديد أو معرفة ما يدخل من تلقاء نفسه.
alert-runout-held = كان الموعد أقرب من قبل، ولم يبتعد بعد بوضوح.

## مخزون أُتلف

alert-up-to = ما يصل إلى { $heads }
alert-stock = في { $area }، أُتلف{ $sure ->
    [possibly] {" "}احتمالا
   *[surely] {""}
} في { $day }، وفق ما أُفيد، من الغذاء (بوحدة شخص/يوم): { $amount }، أي { $measure }.
alert-stock-all = كل ما كان مخزونا
alert-stock-share = { $share } في المائة مما كان مخزونا
alert-stock-days = ما يعادل احتياجات { $days } يوم
alert-stock-left = وفق الأرقام الوسطى يكفي ما تبقى { PLURAL($with) ->
    [zero] أقل من يوم
    [one] يوما واحدا
    [two] يومين
    [few] { $with } أيام
    [many] { $with } يوما
   *[other] { $with } يوم
} بدلا من { $without }.
alert-stock-exceeds = وهذا أكثر مما كان يُظن أنه موجود: ينبغي إحصاء ما تبقى.

## طريق الوصول، والخدمة نفسها

alert-route-cut = قُطع الطريق إلى { $place } في { $day }، وفق ما أُفيد.
alert-route-cut-named = قُطع الطريق إلى { $place } ({ $what }) في { $day }، وفق ما أُفيد.
alert-not-made = { PLURAL($count) ->
    [zero] لم يُعدّ 0 تقرير { $schedule } من { $first } إلى { $last }
    [one] لم يُعدّ التقرير { $schedule } لـ { $first }
    [two] لم يُعدّ تقريران { $schedule } من { $first } إلى { $last }
    [few] لم تُعدّ { $count } تقارير { $schedule } من { $first } إلى { $last }
    [many] لم يُعدّ { $count } تقريرا { $schedule } من { $first } إلى { $last }
   *[other] لم يُعدّ { $count } تقرير { $schedule } من { $first } إلى { $last }
}.
alert-not-made-many = لم تُعدّ تقارير { $schedule } ابتداء من { $first }، وعددها { $count } على الأقل.
alert-not-made-failed = تعذّر إعداده: { $why }.
alert-not-made-down = لم يكن البرنامج يعمل حينها.
alert-no-recipient = يُفترض إرسال التقرير { $schedule } إلى { $recipients }، ولا يوجد مستلم بهذا الرمز.
alert-not-made-next = يبيّن التقرير التالي ما تغيّر منذ آخر تقرير أُعدّ.
alert-not-delivered = { PLURAL($count) ->
    [zero] تعذّر تسليم 0 رسالة
    [one] تعذّر تسليم رسالة واحدة
    [two] تعذّر تسليم رسالتين
    [few] تعذّر تسليم { $count } رسائل
    [many] تعذّر تسليم { $count } رسالة
   *[other] تعذّر تسليم { $count } رسالة
} إلى { $recipient }.
alert-not-delivered-why = آخرها: { $why }

## ما أُبلغ به ولم يعد يجوز

alert-closed = ما أُبلغتم به انتهى، أو لم يعد يُبلَّغ إلا لعدد أقل من القراء.
alert-turned-off = أُوقفت في الإعدادات تنبيهات هذا النوع هنا، ولا يُعرف هل انتهى ما نُبّه إليه.
