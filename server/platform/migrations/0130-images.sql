-- Archives of medical images (DICOM) are papers too.
alter table yilu.papers drop constraint papers_type_check;
alter table yilu.papers add constraint papers_type_check check (type in ('jpg', 'png', 'pdf', 'zip'));

-- What is in such an archive: series and images, found once when it was handed in. The headers name the patient.
create table yilu.paper_images (
  insurer text not null,
  paper_id uuid not null,
  images int not null check (images > 0),
  sealed bytea not null,        -- the index by which an image is found and shown
  primary key (insurer, paper_id),
  foreign key (insurer, paper_id) references yilu.papers (insurer, id)
);
select yilu.grant_table('paper_images', 'insert-only', true);
