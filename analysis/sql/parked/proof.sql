-- A file kept as proof of a transfer.
--
-- grain:   one row
-- key:     sha256
-- params:  sha256 (text)
-- example: sha256='0'
-- units:   content in bytes
select sha256, file_name, content
from kept_proof
where sha256 = $sha256
