-- The pieces of a file's text that hold a run of its lines or segments.
--
-- grain:   one row per piece
-- key:     first_place
-- params:  file_id (integer), first_place (integer), last_place (integer)
-- example: file_id=1, first_place=1, last_place=1
-- units:   places count from 1
select
    piece.first_place,
    piece.terminator,
    piece.packed,
    piece.size_bytes
from source_text as piece
where piece.file_id = $file_id
    and piece.first_place <= $last_place
    and piece.first_place >= (
        select coalesce(max(earlier.first_place), 0)
        from source_text as earlier
        where earlier.file_id = $file_id and earlier.first_place <= $first_place
    )
order by piece.first_place
