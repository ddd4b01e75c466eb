# رأس التقرير، والأرقام الثلاثة، وما تغيّر، والتنبيهات.

situation-report = تقرير الحالة
title = تقرير الحالة، { $date }
slogan = من هم المعزولون، وما الذي وصل إليهم
label = { $label }:
frame-shows = الوضع في
frame-known-by = المعروف حتى
frame-period = الفترة
frame-compared = مقارنةً مع
compared-report = التقرير السابق، { $at }
compared-begin = بداية الفترة، { $at }
withheld = { PLURAL($count) ->
    [zero] لا توجد قوافل غير محتسبة
    [one] قافلة واحدة في الطريق أو أُغلق ملفها مؤخرا غير محتسبة هنا
    [two] قافلتان في الطريق أو أُغلق ملفهما مؤخرا غير محتسبتين هنا
    [few] { $count } قوافل في الطريق أو أُغلق ملفها مؤخرا غير محتسبة هنا
    [many] { $count } قافلة في الطريق أو أُغلق ملفها مؤخرا غير محتسبة هنا
   *[other] { $count } قافلة في الطريق أو أُغلق ملفها مؤخرا غير محتسبة هنا
}؛ وقد حُجب المسار والمواعيد حفاظا على السلامة.
addresses-left-out = حُذفت عناوين المصادر كي يبقى هذا النص دون 20 كيلوبايت. أما صيغتا HTML وJSON فكاملتان.
lists-shortened = اختُصرت القوائم وحُذفت عناوين المصادر كي يبقى هذا النص دون 20 كيلوبايت. أما صيغتا HTML وJSON فكاملتان.

## الأرقام الثلاثة

three-numbers = ثلاثة أرقام
people-besieged = المحاصرون
besieged-line = المحاصرون: { $total }.
besieged-not-known = المحاصرون: العدد غير معروف. لم يكن أي مجموع لقائمة الأمم المتحدة معروفا.
no-un-total = لم يكن أي مجموع لقائمة الأمم المتحدة معروفا.
single-figure = رقم واحد مذكور بلا نطاق.
total = { $people }{ $places }، { $by }{ $cite }
counted-by = وفق { $by }: { $total }.
spread-text = المجموع الأصغر أدنى من الأكبر بنسبة { $share } في المائة؛ وهما يستندان إلى قائمتين مختلفتين ولا يُجمعان.
spread-page = المجموع الأصغر أدنى من الأكبر بنسبة { $share } في المائة. وهما يستندان إلى قوائم وتعاريف مختلفة؛ ولا يُجمعان.
in-places = ، في { PLURAL($count) ->
    [zero] لا موقع
    [one] موقع واحد
    [two] موقعين
    [few] { $count } مواقع
    [many] { $count } موقعا
   *[other] { $count } موقع
}
named-none = ، لا يُعرف اسم أي منها هنا
named-some = ، تُعرف أسماء { $named } منها هنا
places-named-none = ، ولا يُعرف اسم أي من مواقعها هنا
places-named-some = ، وتُعرف أسماء { $named } من مواقعها هنا
author-not-named = جهة غير مسماة
by-the-count = وفق { $by }، { $day }
by-author = وفق { $by }، { $day }{ $cite }

people-reached = من وصلت إليهم القوافل خلال الفترة
reached-line = من وصلت إليهم القوافل خلال الفترة: { $people }{ $cite }. { $arrived }
reached-number-not-known = والعدد غير معروف في { PLURAL($count) ->
    [zero] لا وصول
    [one] وصول واحد
    [two] وصولين
    [few] { $count } عمليات وصول
    [many] { $count } عملية وصول
   *[other] { $count } عملية وصول
}.
reached-people-not-known = عدد من وصلت إليهم المساعدات غير معروف في { PLURAL($count) ->
    [zero] لا وصول
    [one] وصول واحد
    [two] وصولين
    [few] { $count } عمليات وصول
    [many] { $count } عملية وصول
   *[other] { $count } عملية وصول
}.
reached-as-claimed = وفق مصادر كل قافلة؛ والنطاق يراعي من خُدموا مرتين{ $cite }.
reached-not-reported = أي وصول لم يبلّغ عنه أحد بعد غير محتسب.
arrived-no-convoy = لا تُعرف قافلة خلال الفترة.
arrived-one-not = القافلة الوحيدة المقررة أو المطلوبة أو التي في الطريق لا يُعرف أنها وصلت.
arrived-one = القافلة الوحيدة المقررة أو المطلوبة أو التي في الطريق معروف أنها وصلت.
arrived-of = من أصل { PLURAL($planned) ->
    [zero] 0 قافلة مقررة أو مطلوبة أو في الطريق
    [one] قافلة واحدة مقررة أو مطلوبة أو في الطريق
    [two] قافلتين مقررتين أو مطلوبتين أو في الطريق
    [few] { $planned } قوافل مقررة أو مطلوبة أو في الطريق
    [many] { $planned } قافلة مقررة أو مطلوبة أو في الطريق
   *[other] { $planned } قافلة مقررة أو مطلوبة أو في الطريق
}، { PLURAL($arrived) ->
    [zero] لا يُعرف وصول أي منها
    [one] يُعرف وصول واحدة
    [two] يُعرف وصول اثنتين
    [few] يُعرف وصول { $arrived } منها
    [many] يُعرف وصول { $arrived } منها
   *[other] يُعرف وصول { $arrived } منها
}.
convoys-refused = رُفضت أو أُعيدت { PLURAL($count) ->
    [zero] 0 قافلة
    [one] قافلة واحدة
    [two] قافلتان
    [few] { $count } قوافل
    [many] { $count } قافلة
   *[other] { $count } قافلة
}.

waiting = المناطق المحاصرة أو التي يصعب الوصول إليها ولا وصول معروف إليها منذ { PLURAL($days) ->
    [zero] 0 يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
} أو أكثر
waiting-not-known = { $what }: العدد غير معروف. لم تكن أي منطقة معروفة مدرجة لدى أي جهة.
no-area-listed = لم تكن أي منطقة معروفة مدرجة لدى أي جهة.
uncounted = ؛ ولا إحصاء خاصا في { PLURAL($count) ->
    [zero] لا منطقة
    [one] منطقة واحدة
    [two] منطقتين
    [few] { $count } مناطق
    [many] { $count } منطقة
   *[other] { $count } منطقة
}
waiting-line = { $what }: { $areas } من أصل { $listed } مدرجة لدى أي جهة. عدد السكان هناك: { $people } وفق أحدث إحصاء لكل منطقة{ $uncounted }{ $cite }. وعدد المناطق التي لم يُسجَّل هنا أي وصول إليها قط: { $without }، وهذا لا يثبت أن شيئا لم يصل.
of-listed = من أصل { $listed } مدرجة
people-there-in-all = عدد السكان هناك: { $people }{ $uncounted }.
latest-count = أحدث إحصاء لكل منطقة حتى { $date }{ $cite }. وهي مدرجة لدى أي جهة، لا لدى الأمم المتحدة وحدها.
never-recorded = وعدد المناطق التي لم يُسجَّل هنا أي وصول إليها قط: { $count }.
no-record-no-proof = وعدم وجود سجل لا يثبت أن شيئا لم يصل.

## ما تغيّر

what-changed = ما تغيّر
since-report = منذ التقرير السابق من هذه السلسلة ({ $at }).
since-begin = منذ بداية الفترة ({ $at })؛ ولا يوجد تقرير سابق من هذه السلسلة.
nothing-before = لم يُسجَّل هنا شيء عن ذلك الوقت، فلا يمكن تحديد أي تغيّر.
no-change = لا تغيّر في الأرقام الثلاثة ولا في القوائم ولا في التنبيهات.
change-besieged = المحاصرون، قائمة الأمم المتحدة
change-reached = من وصلت إليهم القوافل خلال الفترة
change-waiting = السكان في مناطق مدرجة لا وصول معروف إليها منذ وقت طويل
number-changed = { $what }: من قبل { $then }، والآن { $now }.
number-unchanged = { $what }: لا تغيّر، { $now }.
listing-changed = { $area }: من قبل { $then }، والآن { $now }، وفق { $by }{ $cite }.
new-alert = جديد، { $severity }: { $text }
new-severity = جديد، { $severity }
graver-alert = ازداد خطورة، { $severity }، وكان { $was }: { $text }
graver-severity = ازداد خطورة، { $severity }
graver-was = وكان { $was }.
ended-alert = لم يعد تنبيها: { $text }
ended = لم يعد تنبيها
new-milder = جديد، متوسط الخطورة أو منخفضها: { PLURAL($count) ->
    [zero] لا تنبيه آخر
    [one] تنبيه آخر
    [two] تنبيهان آخران
    [few] { $count } تنبيهات أخرى
    [many] { $count } تنبيها آخر
   *[other] { $count } تنبيه آخر
}.
new-milder-marked = { PLURAL($count) ->
    [zero] لا تنبيه آخر جديد متوسط الخطورة أو منخفضها
    [one] تنبيه آخر جديد متوسط الخطورة أو منخفضها
    [two] تنبيهان آخران جديدان متوسطا الخطورة أو منخفضاها
    [few] { $count } تنبيهات أخرى جديدة متوسطة الخطورة أو منخفضتها
    [many] { $count } تنبيها آخر جديدا متوسط الخطورة أو منخفضها
   *[other] { $count } تنبيه آخر جديد متوسط الخطورة أو منخفضها
}؛ معلَّم أدناه.

## التنبيهات

alerts = التنبيهات
alerts-none = لم تجد أي قاعدة شيئا.
alerts-lead = ما تجده القواعد في السجلات؛ وكل تنبيه يبيّن منذ متى، وعلى أي أرقام ومصادر يستند.
new = جديد
new-mark = (جديد)

## الختام

how-to-read = كيف يُقرأ هذا التقرير
sources = المصادر
sources-none = لم يُذكر أي مصدر.
published = ، { $by }، { $day }.
published-without-publisher = ، { $day }.
no-date-given = بلا تاريخ
footer = { $title }. السلسلة: { $schedule }. أعدّه برنامج Passage؛ والبيانات نفسها تعطي التقرير نفسه.
ledger = السجل: القيد { $entry }، الرأس { $head }

## ما لا يتسع له النص

left-out-area = … و{ more-areas } في صيغتي HTML وJSON.
left-out-alert = … و{ PLURAL($count) ->
    [zero] لا تنبيه آخر
    [one] تنبيه آخر
    [two] تنبيهان آخران
    [few] { $count } تنبيهات أخرى
    [many] { $count } تنبيها آخر
   *[other] { $count } تنبيه آخر
} في صيغتي HTML وJSON.
left-out-change = … و{ PLURAL($count) ->
    [zero] لا تغيّر آخر
    [one] تغيّر آخر
    [two] تغيّران آخران
    [few] { $count } تغيّرات أخرى
    [many] { $count } تغيّرا آخر
   *[other] { $count } تغيّر آخر
} في صيغتي HTML وJSON.
left-out-convoy = … و{ PLURAL($count) ->
    [zero] لا قافلة أخرى
    [one] قافلة أخرى
    [two] قافلتان أخريان
    [few] { $count } قوافل أخرى
    [many] { $count } قافلة أخرى
   *[other] { $count } قافلة أخرى
} في صيغتي HTML وJSON.
left-out-pause = … و{ PLURAL($count) ->
    [zero] لا هدنة أخرى
    [one] هدنة أخرى
    [two] هدنتان أخريان
    [few] { $count } هدن أخرى
    [many] { $count } هدنة أخرى
   *[other] { $count } هدنة أخرى
} في صيغتي HTML وJSON.
left-out-statement = … و{ PLURAL($count) ->
    [zero] لا إفادة أخرى
    [one] إفادة أخرى
    [two] إفادتان أخريان
    [few] { $count } إفادات أخرى
    [many] { $count } إفادة أخرى
   *[other] { $count } إفادة أخرى
} في صيغتي HTML وJSON.
left-out-incident = … و{ PLURAL($count) ->
    [zero] لا حادث آخر
    [one] حادث آخر
    [two] حادثان آخران
    [few] { $count } حوادث أخرى
    [many] { $count } حادثا آخر
   *[other] { $count } حادث آخر
} في صيغتي HTML وJSON.
left-out-source = … و{ PLURAL($count) ->
    [zero] لا مصدر آخر
    [one] مصدر آخر
    [two] مصدران آخران
    [few] { $count } مصادر أخرى
    [many] { $count } مصدرا آخر
   *[other] { $count } مصدر آخر
} في صيغتي HTML وJSON.
