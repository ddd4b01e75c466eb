# رسائل عن التنبيهات.

notice-why-graver = ازدادت خطورة (من { $was } إلى { $now })
notice-why-escalated = لم يُؤكَّد استلامه ({ $now })
notice-why-over = انتهى
notice-subject-one = { $why }: { $rule } – { $about }
notice-subject = { PLURAL($count) ->
    [one] تنبيه واحد
    [two] تنبيهان
    [few] { $count } تنبيهات
   *[other] { $count } تنبيها
}، أخطرها: { $gravest }
notice-head = { $why }: { $rule }
notice-where = المكان: { $areas }
notice-raised = صدر: { $at }
notice-raised-again = صدر: { $at } (للمرة { $number })
notice-ended = انتهى: { $at }
notice-sources = المصادر: { $sources }
notice-more = المزيد: { $link }
notice-footer = أرسله Passage، { $at }. التنبيه الذي يؤكد أحد استلامه في Passage لا يُرسل ثانية حتى ينتهي.
scheduler-ran = آخر تشغيل لمُجدول التقارير قبل هذا التقرير: { $at }.
