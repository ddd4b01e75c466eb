# Messages sur les alertes.

notice-why-graver = Plus grave (de { $was } à { $now })
notice-why-escalated = Sans accusé de réception ({ $now })
notice-why-over = Terminée
notice-why-turned-off = Désactivée par un réglage, sans qu’on sache si elle est terminée
notice-subject-one = { $why } : { $rule } – { $about }
notice-subject-closed = { $why } : { $rule }
notice-subject = { $count } alertes, gravité la plus haute : { $gravest }
notice-head = { $why } : { $rule }
notice-where = Où : { $areas }
notice-raised = Signalée : { $at }
notice-raised-again = Signalée : { $at } (pour la { $number }e fois)
notice-ended = Terminée : { $at }
notice-sources = Sources : { $sources }
notice-more = Plus de détails :
notice-footer = Envoyé par Passage, { $at }. Une alerte dont quelqu’un accuse réception dans Passage n’est plus signalée avant sa fin.
scheduler-ran = Dernier passage du planificateur de rapports avant celui-ci : { $at }.
