# Le meilleur usage de la prochaine pause.

pause-heading = Le meilleur usage de la prochaine pause
pause-none = On ne connaît aucune pause demandée ou acceptée pendant laquelle des vivres pourraient entrer.
pause-undated = { $count ->
    [one] Une pause est ouverte
   *[other] Plusieurs pauses sont ouvertes
} : { $named }. On ne sait pas quand la prochaine commence, de sorte que son meilleur usage ne peut être dit. Pour le dire, enregistrez son début et la logistique de ses zones.
pause-quoted = « { $pause } »
pause-with-consent = { $pauses } ({ $consent })
party = { $party }
consent-agreed = { $verb ->
    [asked] demandée
   *[announced] annoncée
}, acceptée par tous ceux qui doivent l’accepter{ $conditions ->
    [yes] , sous conditions
   *[no] {""}
}
consent-open = { $verb ->
    [asked] demandée
   *[announced] annoncée
}, non acceptée : aucune réponse n’est connue de { $parties }
pause-opening = La prochaine pause est « { $pause } » : { $consent } ; { $hours ->
    [one] { $hours } heure
   *[other] { $hours } heures
} à partir de : { $at }.
pause-no-area = Dans aucune de ses zones on ne connaît de population ayant besoin de vivres, de sorte que son meilleur usage ne peut être dit.
pause-no-logistics = Son meilleur usage ne peut être dit : { $lacking }.
pause-no-plan = Ses chargements ne peuvent être répartis de manière fiable.
pause-left-out = Laissé de côté : { $lacking }.
pause-midnight = L’heure de son début n’est pas dite ; minuit, heure locale, est retenu.

## Ce qui manque du chemin

lacking-logistics = aucune logistique n’est enregistrée pour { $areas }
lacking-part = il manque à la logistique enregistrée pour { $area } : { $missing }
lacking-wrong = la logistique enregistrée pour { $area } ne permet pas de calcul
logistics-open_hour = heure d’ouverture
logistics-close_hour = heure de fermeture
logistics-lead_hours = heures de préparation
logistics-buffer_hours = heures de marge
logistics-load_hours = heures de chargement
logistics-approach_hours = heures d’approche
logistics-inspection_hours = heures d’inspection
logistics-onward_hours = heures de route après l’inspection
logistics-unload_hours = heures de déchargement
logistics-return_hours = heures de retour
logistics-trucks = camions
logistics-lanes = voies d’inspection
logistics-docks = quais

## Ce qui entre

pause-no-load = Aucun chargement de camion ne peut entrer : { $held }.
pause-use = Si elle est respectée, { truckloads } { $count ->
    [one] peut
   *[other] peuvent
} entrer ({ $held }){ $limited ->
    [need] ; les besoins de { $days } jours en demandent { $needed }
   *[all] {""}
} : { $tonnes } tonnes, une semaine de vivres pour { $people } personnes.
held-checkpoint = les voies du point de contrôle empêchent davantage
held-fleet = le nombre de camions empêche davantage
held-offloading = le déchargement empêche davantage
held-short = la pause est trop courte pour un aller-retour

## Qui les reçoit, et pourquoi pas plus

plan-area = { $area } reçoit { $loads ->
    [one] { $loads } chargement
   *[other] { $loads } chargements
} : couverture { $after } au lieu de { $before }.
plan-percent = { $share } %
plan-unknown = non connue
because-fed = Tous les besoins sont couverts.
because-no_need = Il n’y a pas de besoin à couvrir.
because-population_unknown = Personne ne sait combien de gens s’y trouvent. Enregistrez une estimation pour planifier pour eux.
because-no_loads = Aucun chargement ne peut arriver avant la fin de la durée.
because-unreachable = Aucun chargement ne peut l’atteindre pendant aucune fenêtre.
because-too_late = Ce qui manque encore manquait avant la première fenêtre.
because-at_cap = Elle ne peut décharger davantage pendant les fenêtres utiles.
because-route_full = La route { $route } n’en prend pas plus, à partir de la fenêtre { $window }.
because-hub_empty = Il ne reste rien de { $supply }.
because-others_worse_off = Davantage pour elle viendrait d’une zone qui n’est pas mieux lotie.
because-others_worse_off_whole = Un chargement de plus pour elle laisserait une autre zone plus mal lotie qu’elle.
because-others_gain_more = Les mêmes chargements nourrissent plus de gens ailleurs.
plan-uncounted = Aucun décompte de ce qui est en stock à { $areas } n’est connu : seul ce qui reste des livraisons connues a été calculé.
plan-people-not-known = La population de { $areas } n’est pas connue ; rien n’a été prévu pour elle.
plan-chance = Les chargements comptent avec la chance qu’ils passent : ce qui arrive vraiment est tout ou rien.
plan-window-after-horizon = Une fenêtre se situe après la fin de la durée ; ses chargements ne nourrissent personne à temps.
plan-unused-route = Une route est nommée qu’aucune zone n’emprunte.
plan-no-need = Aucune zone n’a de besoin connu.
plan-summary = { $loads } chargements en tout sont répartis ; la zone la plus mal lotie est couverte à { $share } %, et { $unmet } personnes-jours restent sans réponse.

## Ce qu’un plan est devenu

outcome-area-gone = La zone { $area } n’est plus connue.
outcome-area = { $area } : { $planned } personnes-jours étaient prévues à cette date ; arrivées : { $arrived }.
outcome-unknown = un nombre inconnu
outcome-more = De { $count } autres on ne sait pas combien elles ont apporté.
