# مفردات القوائم المغلقة.

## الجهة القائمة بالعد، في الجملة.

scheme-un = الأمم المتحدة
scheme-siege_watch = سيج ووتش (مرصد الحصار)
scheme-press = الصحافة وجهات أخرى
scheme-own = تقديرنا

## الجهة نفسها، في الجدول.

short-scheme-un = الأمم المتحدة
short-scheme-siege_watch = سيج ووتش
short-scheme-press = الصحافة
short-scheme-own = تقديرنا

## تصنيف المنطقة.

status-not_listed = غير مدرجة
status-besieged = محاصرة
status-hard_to_reach = يصعب الوصول إليها
status-watchlist = قيد المراقبة
status-accessible = يمكن الوصول إليها
status-evacuated = مخلاة
status-delisted = مشطوبة من القائمة

## خطورة التنبيه.

severity-low = منخفض
severity-medium = متوسط
severity-high = مرتفع
severity-critical = حرج

## ما تبحث عنه القاعدة، عنوانا لما وجدته.

rule-pause_ending = هدن على وشك الانتهاء وما زالت قوافل في الداخل
rule-runout = الغذاء المعروف ينفد قريبا إن لم تصل قافلة
rule-stock_destroyed = غذاء مخزون أُتلف، وفق ما أُفيد
rule-convoy_stalled = قوافل على الطريق بلا أخبار
rule-data_gap = لا إحصاء، فلا يمكن تحديد موعد النفاد
rule-no_delivery = لا وصول معروف منذ وقت طويل
rule-low_coverage = ما وصل لا يغطي إلا القليل من الاحتياجات الغذائية
rule-convoy_overdue = قوافل متأخرة عن موعدها
rule-convoy_denied = قوافل رُفضت أو أُعيدت من حيث أتت
rule-convoy_attacked = هجمات على القوافل ومن فيها
rule-items_removed = مواد أُنزلت من القوافل
rule-pause_unanswered = هدن بلا رد
rule-pause_violated = خروقات للهدن، وفق ما أُفيد
rule-stale_estimate = تقديرات قديمة
rule-population_jump = تقديرات سكانية تتغير أو تتعارض
rule-facility_attacked = مرافق صحية ومخابز ومحطات مياه أُصيبت
rule-newly_besieged = مناطق أُعلنت محاصرة حديثا
rule-future_dated = سجلات مؤرخة في المستقبل
rule-over_delivery = تسليم يفوق الممكن
rule-route_cut = طرق وصول قُطعت، وفق ما أُفيد
rule-report_skipped = تقارير لم تُعدّ
rule-delivery_failed = رسائل تعذّر تسليمها

## مرحلة القافلة.

stage-planned = مقررة
stage-requested = مطلوبة
stage-approved = موافق عليها
stage-denied = مرفوضة
stage-loaded = محمّلة
stage-departed = انطلقت
stage-at_checkpoint = عند نقطة تفتيش
stage-entered = دخلت
stage-offloaded = أُفرغت
stage-completed = أُنجزت
stage-postponed = مؤجلة
stage-cancelled = ملغاة
stage-turned_back = أُعيدت من حيث أتت
stage-attacked = تعرضت لهجوم
stage-looted = نُهبت
stage-closed_with_loss = انتهت بخسارة

## رد الطرف.

answer-agreed = وافق
answer-agreed_with_conditions = وافق بشروط
answer-refused = رفض
answer-willing_to_discuss = مستعد للبحث
answer-withdrawn = سحب موافقته
answer-endorsed = أيّد

## حال الهدنة.

state-open = مطلوبة، ولم يرد الجميع
state-in_force = سارية وفق تواريخها
state-not_begun = لم تبدأ
state-announced = معروضة أو معلنة؛ بدايتها غير معروفة
state-begun = بدأت؛ ولم تُسجَّل نهاية لها
state-answered = مطلوبة، وقد رد الجميع
state-ended = انتهت

## مدى إلحاح موعد نفاد الغذاء.

urgency-data_gap = غير معروف
urgency-none = بعد كل العتبات
urgency-medium = متوسط
urgency-high = مرتفع
urgency-critical = حرج

## نوع الحادث، إن لم يضع له مصدر عنوانا.

incident-health_facility_hit = إصابة مرفق صحي
incident-health_facility_near_hit = سقوط قذائف قرب مرفق صحي
incident-bakery_hit = إصابة مخبز
incident-water_station_hit = إصابة محطة مياه
incident-warehouse_hit = إصابة مستودع
incident-convoy_attacked = هجوم على قافلة
incident-convoy_fired_on = إطلاق نار على قافلة
incident-convoy_looted = نهب قافلة
incident-convoy_obstructed = عرقلة قافلة
incident-aid_vehicle_fired_on = إطلاق نار على مركبة إغاثة
incident-aid_worker_attacked = هجوم على عامل إغاثة
incident-shelling = قصف مدفعي
incident-shelling_at_distribution = قصف أثناء التوزيع
incident-air_strike = غارة جوية
incident-hostilities = أعمال قتالية
incident-chemical_attack_alleged = هجوم كيميائي مزعوم
incident-starvation_deaths = وفيات جوعا
incident-supply_route_cut = قطع طريق إمداد
incident-medical_evacuation = إجلاء طبي
incident-evacuation = إجلاء
incident-pause_violation = خرق لهدنة
incident-other = حادث آخر

## أنواع السجلات.

kind-population = التقدير السكاني
kind-convoy = القافلة
kind-stock = المخزون
kind-incident = الحادث

## الأرقام التي تستند إليها التنبيهات.

fact-since = منذ { $date }
fact-amount = { $fact }: { $amount }
fact-low = { $fact } (أدنى)
fact-high = { $fact } (أعلى)
fact-limit = { $fact }: { $amount }
fact-age_days = العمر بالأيام
fact-age_of_count_days = عمر الإحصاء بالأيام
fact-change_share = نسبة التغير
fact-convoys_inside = القوافل في الداخل
fact-coverage = نسبة التغطية
fact-days_left_p10 = الأيام المتبقية (التقدير المبكر)
fact-days_left_p50 = الأيام المتبقية (التقدير الأوسط)
fact-days_left_with = الأيام المتبقية بعد الخسارة
fact-days_left_without = الأيام المتبقية لولا الخسارة
fact-days_of_need = أيام من الاحتياج (الأوسط)
fact-days_since_last_delivery = الأيام منذ آخر تسليم
fact-days_waited = أيام الانتظار
fact-exit_hours = ساعات الخروج
fact-food_person_days = الغذاء بوحدة شخص/يوم
fact-highest_population = أعلى تقدير سكاني
fact-hours_ahead = ساعات إلى الأمام
fact-hours_late = ساعات التأخر
fact-hours_left = الساعات المتبقية
fact-hours_since_request = الساعات منذ الطلب
fact-hours_to_end_of_pause = الساعات حتى نهاية الهدنة
fact-hours_to_start = الساعات حتى البداية
fact-hours_without_news = ساعات بلا أخبار
fact-injured = المصابون
fact-killed = القتلى
fact-last_of_its_kind = الأخير من نوعه
fact-loss_exceeds_stock = الخسارة تفوق المخزون
fact-lost_person_days = الخسارة بوحدة شخص/يوم
fact-medical = مواد طبية
fact-not_before_days = ليس قبل (أيام)
fact-one_holder_only = لدى جهة واحدة فقط
fact-party = الطرف
fact-people = السكان
fact-people_before = السكان من قبل
fact-people_now = السكان الآن
fact-people_other = السكان وفق مصدر آخر
fact-people_reached = من وصلت إليهم المساعدة
fact-removed_share_of_kg = النسبة المنزلة من الوزن
fact-share_of_stock = النسبة من المخزون (الأوسط)
fact-spread_share = نسبة التباين
fact-stock_person_days = المخزون بوحدة شخص/يوم
fact-terminal = أنهى الهدنة
fact-threshold_days = العتبة بالأيام
fact-threshold_days_p10 = عتبة التقدير المبكر بالأيام
fact-threshold_days_p50 = عتبة التقدير الأوسط بالأيام
fact-threshold_hours = العتبة بالساعات
fact-threshold_share = عتبة النسبة
