# رسائل عن التنبيهات.

notice-why-graver = ازدادت خطورة (من { $was } إلى { $now })
notice-why-escalated = لم يُؤكَّد استلامه ({ $now })
notice-why-over = انتهى
notice-why-turned-off = أُوقف في الإعدادات ولا يُعرف هل انتهى
notice-subject-one = { $why }: { $rule } – { $about }
notice-subject-closed = { $why }: { $rule }
notice-subject = { PLURAL($count) ->
    [zero] لا تنبيه
    [one] تنبيه واحد
    [two] تنبيهان
    [few] { $count } تنبيهات
    [many] { $count } تنبيها
   *[other] { $count } تنبيه
}، أخطرها: { $gravest }
notice-head = { $why }: { $rule }
notice-where = المكان: { $areas }
notice-raised = صدر: { $at }
notice-raised-again = صدر: { $at } (للمرة { $number })
notice-ended = انتهى: { $at }
notice-sources = المصادر: { $sources }
notice-more = المزيد:
notice-footer = أرسله Passage، { $at }. التنبيه الذي يؤكد أحد استلامه في Passage لا يُرسل ثانية حتى ينتهي.
scheduler-ran = آخر تشغيل لمُجدول التقارير قبل هذا التقرير: { $at }.
