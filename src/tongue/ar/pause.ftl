# أفضل استخدام للهدنة المقبلة.

pause-heading = أفضل استخدام للهدنة المقبلة
pause-none = لا تُعرف هدنة مطلوبة أو متفق عليها يمكن أن يدخل الغذاء خلالها.
pause-undated = { PLURAL($count) ->
    [zero] لا هدنة مطروحة
    [one] ثمة هدنة واحدة مطروحة
    [two] ثمة هدنتان مطروحتان
    [few] ثمة هدن عدة مطروحة
    [many] ثمة هدن عدة مطروحة
   *[other] ثمة هدن عدة مطروحة
}: { $named }. ولا يُعرف متى تبدأ المقبلة، فلا يمكن تحديد أفضل استخدام لها. ولتحديده ينبغي تسجيل بدايتها والبيانات اللوجستية لمناطقها.
pause-quoted = «{ $pause }»
pause-with-consent = { $pauses } ({ $consent })
party = { $party }
consent-agreed = { $verb ->
    [asked] مطلوبة
   *[announced] معلنة
}، ووافق عليها كل من يلزم أن يوافق{ $conditions ->
    [yes] ، بشروط
   *[no] {""}
}
consent-open = { $verb ->
    [asked] مطلوبة
   *[announced] معلنة
}، وغير متفق عليها: لا يُعرف أي رد من { $parties }
pause-opening = الهدنة المقبلة هي «{ $pause }»: { $consent }؛ مدتها { PLURAL($hours) ->
    [zero] 0 ساعة
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $hours } ساعات
    [many] { $hours } ساعة
   *[other] { $hours } ساعة
} من { $at }.
pause-no-area = لا يُعرف في أي من مناطقها سكان يحتاجون إلى الغذاء، فلا يمكن تحديد أفضل استخدام لها.
pause-no-logistics = لا يمكن تحديد أفضل استخدام لها: { $lacking }.
pause-no-plan = لا يمكن توزيع حمولاتها توزيعا يوثق به.
pause-left-out = لم يُحتسب: { $lacking }.
pause-midnight = ساعة بدايتها غير مذكورة؛ وأُخذ منتصف الليل بالتوقيت المحلي.

## ما ينقص من بيانات الطريق

lacking-logistics = لا بيانات لوجستية مسجلة بشأن { $areas }
lacking-part = البيانات اللوجستية المسجلة بشأن { $area } ينقصها { $missing }
lacking-wrong = البيانات اللوجستية المسجلة بشأن { $area } لا يمكن الحساب بها
logistics-open_hour = ساعة الفتح
logistics-close_hour = ساعة الإغلاق
logistics-lead_hours = ساعات التحضير
logistics-buffer_hours = ساعات الاحتياط
logistics-load_hours = ساعات التحميل
logistics-approach_hours = ساعات الوصول إلى نقطة التفتيش
logistics-inspection_hours = ساعات التفتيش
logistics-onward_hours = ساعات الطريق بعد التفتيش
logistics-unload_hours = ساعات التفريغ
logistics-return_hours = ساعات العودة
logistics-trucks = عدد الشاحنات
logistics-lanes = عدد ممرات التفتيش
logistics-docks = عدد أرصفة التفريغ

## ما يدخل

pause-no-load = لا يمكن أن تدخل أي حمولة شاحنة: { $held }.
pause-use = إذا التُزم بها أمكن أن تدخل { truckloads } ({ $held }){ $limited ->
    [need] ؛ واحتياجات { PLURAL($days) ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
} تتطلب { $needed }
   *[all] {""}
}: أي { PLURAL($tonnes) ->
    [zero] أقل من طن
    [one] طن واحد
    [two] طنان
    [few] { $tonnes } أطنان
    [many] { $tonnes } طنا
   *[other] { $tonnes } طن
}، وهي غذاء أسبوع لعدد من السكان قدره { $people }.
held-checkpoint = ويحول دون المزيد عدد ممرات نقطة التفتيش
held-fleet = ويحول دون المزيد عدد الشاحنات
held-offloading = ويحول دون المزيد التفريغ
held-short = والهدنة أقصر من رحلة ذهاب وإياب واحدة

## من يحصل عليه، ولماذا لا أكثر

plan-area = { $area }: { PLURAL($loads) ->
    [zero] لا حمولة
    [one] حمولة واحدة
    [two] حمولتان
    [few] { $loads } حمولات
    [many] { $loads } حمولة
   *[other] { $loads } حمولة
}؛ التغطية { $after } بدلا من { $before }.
plan-percent = { $share } في المائة
plan-unknown = غير معروفة
because-fed = كل الاحتياجات ملبّاة.
because-no_need = لا احتياجات تُلبّى.
because-population_unknown = لا أحد يعرف عدد السكان هناك. ينبغي تسجيل تقدير للتخطيط لهم.
because-no_loads = لا يمكن أن تصل أي حمولة قبل نهاية المدة.
because-unreachable = لا يمكن أن تصل إليها أي حمولة في أي فترة.
because-too_late = ما زال ناقصا كان ناقصا قبل الفترة الأولى.
because-at_cap = لا يمكنها تفريغ المزيد في الفترات المفيدة.
because-route_full = الطريق { $route } لا يتسع للمزيد، بدءا من الفترة { $window }.
because-hub_empty = لم يبق شيء من { $supply }.
because-others_worse_off = المزيد لها لا يأتي إلا من منطقة ليست أحسن حالا.
because-others_worse_off_whole = حمولة أخرى لها تجعل منطقة أخرى أسوأ حالا منها.
because-others_gain_more = الحمولات نفسها تطعم عددا أكبر في أماكن أخرى.
plan-uncounted = لا يُعرف أن أحدا أحصى المخزون في { $areas }: لم يُحسب إلا ما بقي من عمليات التسليم المعروفة.
plan-people-not-known = عدد السكان في { $areas } غير معروف؛ ولم يُخطط لهم شيء.
plan-chance = الحمولات محسوبة باحتمال وصولها: وما يصل فعلا هو كلها أو لا شيء.
plan-window-after-horizon = تقع فترة بعد نهاية المدة؛ وحمولاتها لا تطعم أحدا في حينه.
plan-unused-route = ورد اسم طريق لا تستخدمه أي منطقة.
plan-no-need = لا يُعرف لأي منطقة احتياج.
plan-summary = مجموع الحمولات الموزعة { $loads }؛ وتُغطى أسوأ المناطق حالا بنسبة { $share } في المائة، ويبقى غير ملبى { $unmet } شخص/يوم.

## ما آلت إليه خطة

outcome-area-gone = لم تعد المنطقة { $area } معروفة.
outcome-area = { $area }: كان المخطط حتى ذلك الحين { $planned } شخص/يوم، ووصل { $arrived }.
outcome-unknown = عدد غير معروف
outcome-more = وعمليات وصول أخرى عددها { $count } لا يُعرف ما جلبته.
