-- The evidence of a kept try, field by field, with the file and line of both sides.
--
-- grain:   one row per candidate and field
-- key:     rank, field
-- params:  decision_id (integer): the try's
-- example: decision_id=1
-- units:   own_file is null where a person typed what was sought
select
    evidence.rank,
    evidence.kind,
    evidence.row_id,
    evidence.score,
    evidence.field,
    evidence.fit,
    evidence.how,
    theirs.file_name,
    evidence.file_id,
    evidence.place,
    own.file_name as own_file,
    evidence.own_place
from trace_evidence as evidence
left join source_file as theirs on evidence.file_id = theirs.file_id
left join source_file as own on evidence.own_file_id = own.file_id
where evidence.decision_id = $decision_id
order by evidence.rank, evidence.field
