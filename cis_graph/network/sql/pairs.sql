-- All parties that meet, with the time of their tie: to the earlier end, or to the later where they never met.
INSERT INTO pairs BY NAME
SELECT * EXCLUDE (first_end, last_end), CASE WHEN first_end IS NULL OR begins IS NULL OR first_end >= begins
    THEN first_end ELSE greatest(last_end, begins) END AS ends
FROM (/*kinds*/)
ORDER BY tie, project, source, target, one, other
