-- Keys are those of IRIs; ids count from 0 in order of key, so that the smaller id is the smaller key.
CREATE TABLE actors (
    id INTEGER, key VARCHAR, label VARCHAR, type VARCHAR, types VARCHAR[],
    x DOUBLE, y DOUBLE, community VARCHAR, betweenness DOUBLE, region VARCHAR
);
-- cooperation and funding are what the project weighs in a tie, in millionths.
CREATE TABLE projects (
    id INTEGER, key VARCHAR, label VARCHAR, kind VARCHAR, themes VARCHAR[], audiences VARCHAR[], methods VARCHAR[],
    partners INTEGER, payees INTEGER, cooperation BIGINT, funding BIGINT
);
CREATE TABLE territories (id INTEGER, key VARCHAR, level VARCHAR, label VARCHAR, latitude DOUBLE, longitude DOUBLE);
-- wide_roles hold the broader ones too; areas hold every territory around, the other lists those of one level, by id.
CREATE TABLE parties (
    project INTEGER, actor INTEGER, side VARCHAR, leads BOOLEAN, roles VARCHAR[], wide_roles VARCHAR[],
    participations VARCHAR[], contributors VARCHAR[], begins DATE, ends DATE, dated VARCHAR, placed VARCHAR,
    areas INTEGER[], region INTEGER[], departement INTEGER[], epci INTEGER[], commune INTEGER[]
);
