-- Two actors with a cooperating role; in a crowd one of them leads.
one.actor < other.actor AND one.side = 'cooperates' AND other.side = 'cooperates'
    AND (projects.partners < /*crowd*/ OR one.leads OR other.leads)
