# ما حدث أو تحرك أو عُرف منذ التقرير السابق.

since-none = وفق المعروف، لم يتحرك أي موعد لنفاد الغذاء؛ ولم تُهاجَم قافلة ولم تُرفض ولم تصل؛ ولم تُخرق هدنة ولم يُردّ على أي منها؛ ولم يتغير أي إحصاء للسكان، ولم يتقادم أي تقدير.
since-runouts = الغذاء: مواعيد تحركت
since-convoys = قوافل هوجمت أو رُفضت أو وصلت
since-pauses = هدن خُرقت أو رُدّ عليها
since-populations = إحصاءات السكان، حسب من يحصي
since-stale = تقديرات تقادمت
since-rest = الأرقام والقوائم والتنبيهات
since-more = … و{ PLURAL($count) ->
    [zero] لا شيء آخر
    [one] واحد آخر
    [two] اثنان آخران
    [few] { $count } أخرى
    [many] { $count } أخرى
   *[other] { $count } أخرى
} في المصنَّف وصيغة JSON.

since-late = عُرف متأخرا
since-late-report = عُرف متأخرا: تاريخه سابق للتقرير السابق، ولم يكن معروفا فيه.
since-late-begin = عُرف متأخرا: تاريخه سابق للفترة، ولم يكن معروفا عند بدايتها.
since-taken-back = لم يعد مذكورا
since-taken-back-means = لم يعد مذكورا: كان مذكورا من قبل، ثم صُحّح أو سُحب أو حُجب.
since-marked = { $told } ({ $mark })

## موعد نفاد الغذاء

since-runout = { $area }: { $shift }؛ من قبل { $then }، والآن { $now }.
since-gone = وفق المعروف، استُهلك الغذاء
since-nearer = ينفد الغذاء قبل الموعد السابق
since-nearer-days = ينفد الغذاء قبل الموعد السابق { PLURAL($count) ->
    [zero] بأقل من يوم
    [one] بيوم واحد
    [two] بيومين
    [few] بـ{ $count } أيام
    [many] بـ{ $count } يوما
   *[other] بـ{ $count } يوم
}
since-floor-nearer = أول يوم يمكن أن ينفد فيه الغذاء تقدّم { PLURAL($count) ->
    [zero] أقل من يوم
    [one] يوما واحدا
    [two] يومين
    [few] { $count } أيام
    [many] { $count } يوما
   *[other] { $count } يوم
}
since-floor = تحرك أول يوم يمكن أن ينفد فيه الغذاء
since-known = أصبح يمكن تحديد موعد نفاد الغذاء
since-unknown = لم يعد يمكن تحديد موعد نفاد الغذاء
since-later = يكفي الغذاء مدة أطول
since-later-days = يكفي الغذاء مدة أطول { PLURAL($count) ->
    [zero] بأقل من يوم
    [one] بيوم واحد
    [two] بيومين
    [few] بـ{ $count } أيام
    [many] بـ{ $count } يوما
   *[other] بـ{ $count } يوم
}
since-floor-later = أول يوم يمكن أن ينفد فيه الغذاء تأخّر { PLURAL($count) ->
    [zero] أقل من يوم
    [one] يوما واحدا
    [two] يومين
    [few] { $count } أيام
    [many] { $count } يوما
   *[other] { $count } يوم
}
since-about = نحو { $day }
since-eaten = لم يبق شيء مما أُحصي
since-not-within = بعد أكثر من { PLURAL($days) ->
    [zero] يوم
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
    [many] { $days } يوما
   *[other] { $days } يوم
}
since-not-before = ليس قبل { $day }
since-why = السبب: { $causes }.
since-why-although = ومع ذلك: { $causes }.
since-why-not-told = لا يوضح أي سجل السبب بمفرده.
since-why-none = لا سجل جديد يبيّن السبب: أُعيد الحساب من السجلات نفسها.
since-why-eaten = ومنذ ذلك الحين لا يُعرف إحصاء جديد ولا تسليم.
since-more-causes = { PLURAL($count) ->
    [zero] لا سبب آخر
    [one] سبب آخر
    [two] سببان آخران
    [few] { $count } أسباب أخرى
    [many] { $count } سببا آخر
   *[other] { $count } سبب آخر
}
since-cause-count = إحصاء للمخزون، { $day }
since-cause-delivery = تسليم، { $day }
since-cause-loss = غذاء فُقد، { $day }
since-cause-people = إحصاء للسكان، { $day }
since-cause-inflow = تقدير لما يدخل من تلقاء نفسه، { $day }
since-cause-ration = تقدير لما يأكله الناس، { $day }

## ما آلت إليه القوافل

fate-attacked = تعرضت لهجوم
fate-looted = نُهبت
fate-lost = انتهت بخسارة
fate-denied = رُفضت
fate-turned_back = أُعيدت من حيث أتت
fate-arrived = وصلت
since-convoy = { $convoy } إلى { $to }: { $fate }، { $day }.
since-mission = {" "}(بعثة بلا بضائع)
since-reached = من وصلت إليهم، وفق المصادر: { $people }.
since-meant = الشاحنات: { $trucks }. المستهدفون: { $people }.
since-on-a-convoy = { $what } ({ $to }): { $fate }، { $day }، وفق ما أُفيد.
since-a-convoy = قافلة

## الهدن

since-pause = { $pause }. { $what }.

## إحصاءات السكان

since-count-of = { $place }، { $metric }، وفق { $by }
since-counted = { $people } ({ $day })
since-count = { $of }: من قبل { $then }، والآن { $now }.
since-count-first = { $of }: { $now }؛ ولا إحصاء من هذا المصدر من قبل.
since-count-beside = وأحدث إحصاء من قبل: { $figure }، وفق { $by }.
since-count-gone = { $of }: من قبل { $then }، والآن لا إحصاء.
metric-residents = السكان
metric-besieged = المحاصرون
metric-hard_to_reach = من يصعب الوصول إليهم
metric-besieged_and_hard_to_reach = المحاصرون ومن يصعب الوصول إليهم
metric-watchlist = السكان في أماكن قيد المراقبة
metric-trapped = المعزولون
metric-in_need = المحتاجون
metric-assisted = من يتلقون المساعدة

## التقديرات

since-stale-people = { $area }: أحدث إحصاء للسكان، { $day }، عمره { PLURAL($age) ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $age } أيام
    [many] { $age } يوما
   *[other] { $age } يوم
}؛ ويُعدّ قديما إن تجاوز عمره { PLURAL($limit) ->
    [zero] اليوم
    [one] يوما واحدا
    [two] يومين
    [few] { $limit } أيام
    [many] { $limit } يوما
   *[other] { $limit } يوم
}.
since-stale-stock = { $area }: ما يُعرف عن المخزون، { $day }، عمره { PLURAL($age) ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $age } أيام
    [many] { $age } يوما
   *[other] { $age } يوم
}؛ ويُعدّ قديما إن تجاوز عمره { PLURAL($limit) ->
    [zero] اليوم
    [one] يوما واحدا
    [two] يومين
    [few] { $limit } أيام
    [many] { $limit } يوما
   *[other] { $limit } يوم
}.
