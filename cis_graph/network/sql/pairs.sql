-- The parties that meet, with the time of their tie: to the earlier end, or to the later where they never met.
SELECT *, CASE WHEN first_end IS NULL OR begins IS NULL OR first_end >= begins THEN first_end
    ELSE greatest(last_end, begins) END AS ends
FROM (/*kinds*/)
