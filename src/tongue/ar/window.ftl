# متى تسري الهدنة، وما وضعها.

one-after-another = { $first } { $then }
parties-unnamed = أطراف لم يسمّها أحد

## وضعها

stands-refused = غير متفق عليها: رفضها { $parties }.
stands-expired = غير متفق عليها: انقضت بلا موافقة { $parties }.
stands-requested = غير متفق عليها: لا تُعرف موافقة { $parties }.
stands-agreed-undated = وافق عليها كل من يلزم أن يوافق؛ ولا يُعرف متى تبدأ.
stands-agreed = وافق عليها كل من يلزم أن يوافق؛ ولم تبدأ بعد.
stands-violated = وافق عليها كل من يلزم أن يوافق؛ وقد انتهت وخُرقت.
stands-honoured = وافق عليها كل من يلزم أن يوافق؛ وقد انتهت ولم يُسجل خرق لها.
stands-in-effect = { PLURAL($breaches) ->
    [zero] وافق عليها كل من يلزم أن يوافق، وقد بدأت.
    [one] وافق عليها كل من يلزم أن يوافق، وقد بدأت؛ وسُجل خرق واحد.
    [two] وافق عليها كل من يلزم أن يوافق، وقد بدأت؛ وسُجل خرقان.
    [few] وافق عليها كل من يلزم أن يوافق، وقد بدأت؛ وسُجلت { $breaches } خروق.
    [many] وافق عليها كل من يلزم أن يوافق، وقد بدأت؛ وسُجل { $breaches } خرقا.
   *[other] وافق عليها كل من يلزم أن يوافق، وقد بدأت؛ وسُجل { $breaches } خرق.
}
stands-called-off = أُلغيت.
stands-called-off-by = أُلغيت في { $day } من جانب { $parties }.

## متى تسري

times-none = لا تسري في المدة المطلوبة.
times-never = لا تسري في أي وقت.
times-one = فترة واحدة (الساعات: { $hours })، تبدأ في { $start } بالتوقيت المحلي.
times-several = { PLURAL($count) ->
    [zero] لا فترة
    [one] فترة واحدة
    [two] فترتان
    [few] { $count } فترات
    [many] { $count } فترة
   *[other] { $count } فترة
} (مجموع الساعات: { $hours })، تبدأ أولاها في { $start } بالتوقيت المحلي.
times-no-end = لم تُحدد لها نهاية: وهي مذكورة إلى آخر المدة المطلوبة، ولا يعني ذلك أنها سارية.
times-in-words = يُفترض أن تتكرر «{ $words }»، وهذا لا يُحسب: ينبغي ذكر { $field } أو قاعدة مثل { $rule }.
times-first-alone = يُفترض أن تتكرر «{ $words }»؛ ولا تظهر إلا المرة الأولى.
times-before = نهايتها قبل بدايتها؛ ينبغي النظر في { $fields }.
times-no-time = لا تدوم أي وقت.
times-no-length = لا يُعرف كم تدوم كل مرة؛ ينبغي ذكر { $hours } أو { $end }.
times-no-start = لا يُعرف متى تبدأ. ولمعرفة ما يمكن أن يمر خلالها ينبغي إرسال { $start } أو { $windows }.
times-month-alone = لا يُعرف من بدايتها إلا الشهر أو السنة، لا اليوم.
times-untold = لا يمكن تحديد الفترات: { $field }: { $why }.
untold-begins-at-sunset = غروب الشمس لا يُحسب؛ ينبغي ذكر الساعة المحلية التي تبدأ فيها
untold-ends-at-sunset = غروب الشمس لا يُحسب؛ ينبغي ذكر عدد الساعات أو الساعة المحلية التي تنتهي فيها
untold-bad-hours = يجب أن يزيد عدد الساعات على 0 وألا يتجاوز عشر سنوات
untold-bad-interval = يجب أن يكون 1 أو أكثر
untold-bad-rule = ليست قاعدة من المعيار { $standard } مثل { $rule }: { $fault }
untold-finer-than-daily = القاعدة التي تتكرر كل ساعة أو أقل لا تُحسب؛ ينبغي استعمال { $daily } مع { $hours }
untold-never-comes = لا تقع القاعدة في أي يوم موجود
untold-out-of-years = يجب أن تقع في السنوات من { $first } إلى { $last }
untold-too-many = عدد الفترات يزيد على { $most }؛ ينبغي طلب مدة أقصر

## ما يمددها

longer-untold = تمددها { $pause }؛ ولا يمكن تحديد مقدار ذلك. { $why }
longer-open = لا تضيف { $pause } شيئا: لم تُحدد نهاية من البداية.
longer-nothing = لا تضيف { $pause } شيئا في المدة المطلوبة.
longer-adds = تضيف { $pause } ساعات عددها { $hours } وتنقل النهاية إلى { $end } بالتوقيت المحلي؛ ولا تسري عليها إلا الردود الخاصة بها.
longer-no-end = تضيف { $pause } ساعات عددها { $hours } ولا تحدد نهاية.

## ما ينبغي الانتباه إليه

window-conditions = وضع { $party } شروطا: { $conditions }.
window-extends = تمدد { $pause }؛ ولا تُذكر هنا إلا فتراتها هي.
window-endorses = هي تأييد لدعوة أخرى وليست هدنة قائمة بذاتها؛ انظر { $pauses }.
window-not_announced_yet = لم تكن قد طُلبت أو أُعلنت بعد في اليوم المطلوب.
window-time_zone_assumed = لم تُذكر منطقة زمنية لها أو لمناطقها؛ وأُخذ التوقيت المحلي على أنه توقيت غرينتش.
window-start_time_assumed = لا يُعرف من بدايتها إلا اليوم؛ وأُخذ أنها تبدأ في 00:00 بالتوقيت المحلي.
window-dates_approximate = تواريخها معروفة على وجه التقريب فقط.
window-parties_unnamed = لم يسمّ أحد الأطراف التي يلزم أن توافق.
window-has_conditions = الموافقة المشروطة تُعدّ موافقة؛ ولا يُعرف هنا هل استوفيت الشروط.
window-open_end = لم تُحدد لها نهاية؛ وكون أحد لم ينهها لا يعني أنها سارية.
window-hours_differ = مدتها ونهايتها لا تتفقان: وأُخذ أقصرهما.
window-violations_not_placed = لا يمكن تحديد فترة بعض الخروق، فلا تُطرح لها ساعات.
window-time_of_violation_unknown = لا يُعرف من أحد الخروق إلا يومه، فتقع ساعات السريان بين حدين.
