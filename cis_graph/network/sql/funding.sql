-- A funder and each actor that receives; in a crowd, those who lead.
one.actor <> other.actor AND one.side = 'funds' AND other.side = 'receives'
    AND (projects.payees + 1 < /*crowd*/ OR other.leads)
