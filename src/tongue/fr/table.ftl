# Zones, convois, pauses, déclarations, incidents.

## Zones

areas-heading = Zones
areas-heading-text = Zones inscrites comme assiégées ou difficiles d’accès
areas-none = On ne connaissait aucune zone inscrite comme assiégée ou difficile d’accès.
areas-lead = Toutes les zones qu’une source au moins inscrit comme assiégées ou difficiles d’accès. Un nombre seul est le chiffre unique d’une source, donné sans fourchette.
areas-lead-text = Là où rien n’est dit des vivres ou des convois, on ne connaît ni arrivée des 30 derniers jours ni convoi de la période.
head-area = Zone
head-listed-as = Inscrite comme
head-people = Population
head-last-arrival = Dernière arrivée connue
head-need-met = Besoins alimentaires couverts, 30 jours
head-convoys = Convois de la période
unit-not-known = unité non connue
in-area = dans { $area }
listing = { $by } : { $status }
tier = , niveau { $tier }
listing-line = { $listing }, { $day }{ $cite }
not-known-alone = non connue pour elle seule
not-known-alone-groups = non connue pour elle seule ({ $groups })
sources-differ = les sources divergent
none-known = aucune connue
no-arrival-known = aucune arrivée connue
arrival = { $day }, { $ago }{ $cite }
less-than-a-day-ago = il y a moins d’un jour
days-ago = { $count ->
    [one] il y a { $count } jour
   *[other] il y a { $count } jours
}
running-total = un total cumulé fait état de livraisons jusqu’au { $day }
of-group = { $group } dans son ensemble : { $people }, { $by }, { $day }
convoys-of-area = { $planned } prévus, { $allowed } autorisés, { $refused } refusés, { $arrived } arrivés
area-line = { $area }. { $listed }. Population : { $people }. Dernière arrivée connue : { $arrival }.
area-need-met = Besoins alimentaires couverts en 30 jours : { $share }.
area-convoys = Convois de la période : { $convoys }.

## Convois

convoys-heading = Convois de la période
convoys-none = On ne connaît aucun convoi prévu, demandé ou en route pendant la période.
convoys-none-text = On ne connaît aucun convoi prévu, demandé ou en route.
convoys-lead = Les nombres de personnes sont les dires des sources. À côté figure le nombre de personnes que la cargaison nourrit pendant 30 jours à 2 100 kcal, après pertes.
head-convoy = Convoi
head-stage = Étape
head-trucks = Camions
head-people-meant = Personnes visées
head-people-reached = Personnes atteintes
head-fed = Nourries 30 jours
head-taken-off = Retiré
to-areas = vers { $areas }
area-not-named = une zone non nommée
uncounted-mission = mission sans marchandises, non comptée
uncounted-whole = compté à travers ses parties
uncounted-part = partie de { $whole }, non compté deux fois
removed-nothing = rien de signalé
removed-medical = articles médicaux
removed-goods = marchandises
removed-share = { $what }, { $share } % du poids connu
removed-unknown = { $what }, quantité non connue
cargo-assumed = cargaison supposée
cargo-partly-unknown = cargaison en partie inconnue
convoy-line = { $convoy } vers { $to }{ $uncounted } : { $stage }, { $day }. Camions : { $trucks }. Personnes visées : { $meant }, atteintes : { $reached }, selon les sources. Sa cargaison nourrit pendant 30 jours : { $fed }{ $assumed }. Retiré : { $removed }{ $cite }.

## Pauses

pauses-heading = Pauses dans les combats, et qui n’a pas répondu
pauses-none = On ne connaît aucune pause demandée ou en vigueur.
pause-title = { $pause } ({ $state }).
pause-line = { $verb ->
    [asked] Demandée
   *[announced] Annoncée
} par { $by }{ $dated ->
    [yes] {" "}le { $on }
   *[no] {""}
}{ $addressed ->
    [yes] , adressée à { $of }
   *[no] {""}
}.
pause-length = Durée : { $length }.
hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
recurrence-daily = chaque jour
recurrence-weekly = chaque semaine
recurrence-monthly = chaque mois
recurrence-once = une fois
recurrence-as_needed = selon les besoins
pause-begin-end-not-known = Début et fin : non connus.
pause-end-not-known = À partir du { $from } ; fin : non connue.
pause-from-to = Du { $from } au { $to }.
pause-where = Où : { $areas }.
somebody-not-named = quelqu’un qui n’est pas nommé
answer-line = { $party } : { $answer }, { $day }
answer-conditions = , à la condition : { $conditions }
answer-none = { $party } : { $none }
no-answer-known = aucune réponse n’est connue
no-answer-from = Aucune réponse n’est connue de : { $parties }.
unnamed-parties = les parties, que la source ne nomme pas
breach = Violation signalée, { $day }
breach-by = , attribuée par la source à { $by }
breach-killed = ; tués : { $killed }
breach-ended = ; elle a mis fin à la pause

## Ce que disent les sources

statements-heading = Ce que disent les sources
statements-none = Aucune déclaration de la période n’est enregistrée.
statements-lead = Déclarations de la période telles qu’enregistrées, chacune avec son auteur.
statement = { $by } : { $text }

## Incidents

incidents-heading = Incidents de la période
incidents-heading-text = Incidents de la période, selon les informations reçues
incidents-none = Aucun incident de la période n’est enregistré.
incidents-lead = Selon les informations reçues ; l’auteur n’est dit que par le récit d’une source.
days-of-incident = du { $from } au { $to }
incident-day = { $day } :
incident-line = { $title }. Tués : { $killed }. Blessés : { $injured }.
incident-by = Attribué par la source à : { $by }.
