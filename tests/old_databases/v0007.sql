BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE assignments (
	number INTEGER NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	reviewer VARCHAR(200) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	PRIMARY KEY (number), 
	FOREIGN KEY(reviewer) REFERENCES reviewers (name), 
	FOREIGN KEY("by") REFERENCES reviewers (name)
);
INSERT INTO "assignments" VALUES(1,'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','Cleo','second','Ada','2026-03-01T12:00:00.000000+00:00','open');
CREATE TABLE batches (
	number INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	document TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
INSERT INTO "batches" VALUES(1,'batch1','March','{}','2026-03-01T12:00:00.000000+00:00');
CREATE TABLE channel_events (
	number INTEGER NOT NULL, 
	channel VARCHAR(64) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	start_s DOUBLE, 
	end_s DOUBLE, 
	sentence TEXT NOT NULL, 
	defect VARCHAR(64) NOT NULL, 
	severity VARCHAR(16) NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	run VARCHAR(64) NOT NULL, 
	clip TEXT NOT NULL, 
	PRIMARY KEY (number), 
	FOREIGN KEY(channel) REFERENCES channels (id)
);
INSERT INTO "channel_events" VALUES(1,'channel1','2026-03-01T12:00:00.000000+00:00','gap',1772366400.25,1772366401.5,'Nothing came for 1.2 seconds.','','','','','');
CREATE TABLE channels (
	number INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	url TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	document TEXT NOT NULL, 
	started VARCHAR(40) NOT NULL, 
	heartbeat VARCHAR(40) NOT NULL, 
	worker TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id)
);
INSERT INTO "channels" VALUES(1,'channel1','One','https://example.org/one.m3u8','stopped','{}','2026-03-01T12:00:00.000000+00:00','2026-03-01T12:00:00.000000+00:00','desk:1');
CREATE TABLE findings (
	number INTEGER NOT NULL, 
	run VARCHAR(64) NOT NULL, 
	profile VARCHAR(64) NOT NULL, 
	decided_by VARCHAR(64) NOT NULL, 
	detector VARCHAR(64) NOT NULL, 
	defect VARCHAR(64) NOT NULL, 
	stream INTEGER NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_base VARCHAR(48) NOT NULL, 
	score DOUBLE NOT NULL, 
	severity VARCHAR(16) NOT NULL, 
	evidence TEXT NOT NULL, 
	weights VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number), 
	FOREIGN KEY(run) REFERENCES runs (id) ON DELETE CASCADE, 
	FOREIGN KEY(profile) REFERENCES profiles (hash)
);
INSERT INTO "findings" VALUES(1,'38a2c93bf262403f9f5d50adb4873b68','fb17217e0458d216','','black','black',0,1000,2000,'1/1000',0.5,'issue','{"metric": "level", "peak": {"pts": 1000, "base": "1/1000"}, "peak_value": 0.30000000000000004, "threshold": 0.25, "note": "Darker than it should be.", "region": [0.0, 0.1, 0.5, 1.0], "band": [50.0, 60.0], "channels": [0, 1]}','');
CREATE TABLE mask_layers (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(64) NOT NULL, 
	project VARCHAR(64) NOT NULL, 
	pts BIGINT NOT NULL, 
	origin VARCHAR(16) NOT NULL, 
	"by" TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	round INTEGER NOT NULL, 
	complete BOOLEAN NOT NULL, 
	clicks INTEGER NOT NULL, 
	seconds DOUBLE NOT NULL, 
	undoes VARCHAR(64) NOT NULL, 
	data BLOB NOT NULL, 
	checksum VARCHAR(64) NOT NULL, 
	UNIQUE (id), 
	FOREIGN KEY(project) REFERENCES mask_projects (id)
);
INSERT INTO "mask_layers" VALUES(1,'layer1','project1',0,'person','Ada','2026-03-01T12:00:00.000000+00:00',0,0,4,0.0,'',X'01020000000400000006000000789C6360FCCFC0F49F918181810988916910060035AE020A','e92c874c19d8efd06acf6766152d1eb129cbf39f889eb42a38b60b8cdb4576c5');
CREATE TABLE mask_projects (
	number INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	stream INTEGER NOT NULL, 
	base VARCHAR(48) NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	classes TEXT NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	FOREIGN KEY("by") REFERENCES reviewers (name)
);
INSERT INTO "mask_projects" VALUES(1,'project1','Blocks','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',0,'1/25',4,2,'[{"number": 1, "name": "corrupt", "color": "#e69f00"}, {"number": 2, "name": "logo", "color": "#56b4e9"}]','Ada','2026-03-01T12:00:00.000000+00:00');
CREATE TABLE mask_rounds (
	number INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	project VARCHAR(64) NOT NULL, 
	round INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	FOREIGN KEY(project) REFERENCES mask_projects (id)
);
INSERT INTO "mask_rounds" VALUES(1,'round1','project1',1,'{"id": "round1", "project": "project1", "number": 1, "at": "2026-03-01T12:00:00+00:00", "by": "block_corruption.r1", "granularity": "16x16", "rule": "hvsa", "seed": 7, "budget": 2, "start": 0, "end": 3, "asked": [{"pts": 0, "box": [0, 0, 2, 2], "runs": []}, {"pts": 3, "box": [1, 0, 2, 1], "runs": [2, 1, 1, 1, 3]}], "uncertainty": [[0, 0.5], [3, 0.25]], "seconds": 12.5, "curves": {"steps": [0, 20], "label_loss": [0.7, 0.1], "flow_loss": [0.01, 0.02]}}','2026-03-01T12:00:00.000000+00:00');
CREATE TABLE profiles (
	hash VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	title TEXT NOT NULL, 
	document TEXT NOT NULL, 
	added VARCHAR(40) NOT NULL, 
	PRIMARY KEY (hash)
);
INSERT INTO "profiles" VALUES('fb17217e0458d216','default','Default','{"name": "default", "title": "Default", "thresholds": {}, "severities": {}, "disabled": [], "checks": []}','2026-11-22T03:14:10.090208+00:00');
CREATE TABLE reviewers (
	name VARCHAR(200) NOT NULL, 
	added VARCHAR(40) NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "reviewers" VALUES('Ada','2026-11-22T03:14:10.164230+00:00');
INSERT INTO "reviewers" VALUES('Béla','2026-11-22T03:14:10.220127+00:00');
INSERT INTO "reviewers" VALUES('Cleo','2026-11-22T03:14:10.337614+00:00');
CREATE TABLE runs (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	detectors TEXT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	started VARCHAR(40) NOT NULL, 
	finished VARCHAR(40), 
	span_start BIGINT, 
	span_end BIGINT, 
	span_base VARCHAR(48), 
	done_s DOUBLE NOT NULL, 
	error TEXT NOT NULL, 
	weights TEXT NOT NULL, 
	settings TEXT NOT NULL, 
	worker TEXT NOT NULL, 
	heartbeat VARCHAR(40) NOT NULL, 
	profile VARCHAR(64), 
	UNIQUE (id), 
	FOREIGN KEY(fingerprint) REFERENCES titles (fingerprint), 
	FOREIGN KEY(profile) REFERENCES profiles (hash)
);
INSERT INTO "runs" VALUES(1,'38a2c93bf262403f9f5d50adb4873b68','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','["black"]','done','2026-11-22T03:14:09.943514+00:00','2026-11-22T03:14:10.129510+00:00',NULL,NULL,NULL,4.0,'','{}','{"version": "1"}','desk:1','2026-11-22T03:14:10.129510+00:00','fb17217e0458d216');
CREATE TABLE spot_answers (
	number INTEGER NOT NULL, 
	"plan" VARCHAR(64) NOT NULL, 
	place INTEGER NOT NULL, 
	reviewer VARCHAR(200) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	seen TEXT NOT NULL, 
	PRIMARY KEY (number), 
	FOREIGN KEY("plan") REFERENCES spot_plans (id), 
	FOREIGN KEY(reviewer) REFERENCES reviewers (name)
);
INSERT INTO "spot_answers" VALUES(1,'spot1',0,'Cleo','2026-03-01T12:00:00.000000+00:00','["hum"]');
CREATE TABLE spot_clips (
	"plan" VARCHAR(64) NOT NULL, 
	place INTEGER NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	stratum TEXT NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_base VARCHAR(48) NOT NULL, 
	PRIMARY KEY ("plan", place), 
	FOREIGN KEY("plan") REFERENCES spot_plans (id) ON DELETE CASCADE
);
INSERT INTO "spot_clips" VALUES('spot1',0,'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','h264, silent',1000,2000,'1/1000');
CREATE TABLE spot_plans (
	number INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	at VARCHAR(40) NOT NULL, 
	clip_s DOUBLE NOT NULL, 
	seed BIGINT NOT NULL, 
	sizes TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	FOREIGN KEY("by") REFERENCES reviewers (name)
);
INSERT INTO "spot_plans" VALUES(1,'spot1','March','Ada','2026-03-01T12:00:00.000000+00:00',20.0,7,'{"h264, silent": 3}');
CREATE TABLE summaries (
	fingerprint VARCHAR(128) NOT NULL, 
	changes BIGINT DEFAULT '0' NOT NULL, 
	counted BIGINT DEFAULT '-1' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	path TEXT DEFAULT '' NOT NULL, 
	folder TEXT DEFAULT '' NOT NULL, 
	sort_name TEXT DEFAULT '' NOT NULL, 
	search TEXT DEFAULT '' NOT NULL, 
	media TEXT DEFAULT '' NOT NULL, 
	duration_s DOUBLE DEFAULT '0' NOT NULL, 
	width INTEGER DEFAULT '0' NOT NULL, 
	height INTEGER DEFAULT '0' NOT NULL, 
	size_bytes BIGINT DEFAULT '0' NOT NULL, 
	state VARCHAR(16) DEFAULT 'not_analysed' NOT NULL, 
	running INTEGER DEFAULT '0' NOT NULL, 
	run TEXT DEFAULT '' NOT NULL, 
	flags INTEGER DEFAULT '0' NOT NULL, 
	undecided INTEGER DEFAULT '0' NOT NULL, 
	worst INTEGER DEFAULT '-1' NOT NULL, 
	reviewers TEXT DEFAULT '' NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	opened VARCHAR(40), 
	analysed VARCHAR(40), 
	PRIMARY KEY (fingerprint), 
	FOREIGN KEY(fingerprint) REFERENCES titles (fingerprint) ON DELETE CASCADE
);
INSERT INTO "summaries" VALUES('ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',8,8,'Reel ä 1.mov','/media/Reel ä 1.mov','/media','reel ä 1.mov','reel ä 1.mov /media h264 1920×1080 29.97 fps · aac mov,mp4 ada, béla','h264 1920×1080 29.97 fps · aac',60.04,1920,1080,12345,'reviewed',0,'38a2c93bf262403f9f5d50adb4873b68',2,0,1,'Ada, Béla','','2026-11-22T03:14:09.912080+00:00','2026-11-22T03:14:10.129510+00:00');
CREATE TABLE summary_defects (
	defect VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	flags INTEGER NOT NULL, 
	undecided INTEGER NOT NULL, 
	PRIMARY KEY (defect, fingerprint), 
	FOREIGN KEY(fingerprint) REFERENCES summaries (fingerprint) ON DELETE CASCADE
);
INSERT INTO "summary_defects" VALUES('black','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',2,0);
CREATE TABLE summary_reviewers (
	reviewer VARCHAR(200) NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	PRIMARY KEY (reviewer, fingerprint), 
	FOREIGN KEY(fingerprint) REFERENCES summaries (fingerprint) ON DELETE CASCADE
);
INSERT INTO "summary_reviewers" VALUES('Ada','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
INSERT INTO "summary_reviewers" VALUES('Béla','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
CREATE TABLE tasks (
	number INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	batch VARCHAR(64) NOT NULL, 
	path TEXT NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	span_start BIGINT, 
	span_end BIGINT, 
	span_base VARCHAR(48), 
	detectors TEXT NOT NULL, 
	weights TEXT NOT NULL, 
	priority INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	attempts INTEGER NOT NULL, 
	worker TEXT NOT NULL, 
	run TEXT NOT NULL, 
	error TEXT NOT NULL, 
	added VARCHAR(40) NOT NULL, 
	started VARCHAR(40), 
	finished VARCHAR(40), 
	heartbeat VARCHAR(40), 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	FOREIGN KEY(batch) REFERENCES batches (id)
);
INSERT INTO "tasks" VALUES(1,'task1','batch1','/titles/a.mp4','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',NULL,NULL,NULL,'["black"]','{}',0,'waiting',0,'','','','2026-03-01T12:00:00.000000+00:00',NULL,NULL,NULL);
CREATE TABLE titles (
	fingerprint VARCHAR(128) NOT NULL, 
	name TEXT NOT NULL, 
	document TEXT NOT NULL, 
	added VARCHAR(40) NOT NULL, 
	opened VARCHAR(40) NOT NULL, 
	PRIMARY KEY (fingerprint)
);
INSERT INTO "titles" VALUES('ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','Reel ä 1.mov','{"path": "/media/Reel \u00e4 1.mov", "fingerprint": "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "container": "mov,mp4", "size_bytes": 12345, "start": {"pts": -3, "base": "1/90000"}, "duration_s": 60.04, "video": [{"index": 0, "codec": "h264", "base": "1/90000", "start_pts": 0, "duration_pts": 5403600, "language": "", "title": "", "width": 1920, "height": 1080, "pixel_format": "", "bit_depth": 8, "rate": "30000/1001", "variable_rate": false, "pixel_aspect": "4/3", "rotation": 90, "interlaced": false, "color_range": "", "color_space": "", "color_primaries": "", "color_transfer": ""}], "audio": [{"index": 1, "codec": "aac", "base": "1/48000", "start_pts": 0, "duration_pts": 0, "language": "de", "title": "", "sample_rate": 48000, "channels": 0, "layout": "", "sample_format": ""}], "captions": [{"index": 1000, "codec": "srt", "base": "1/1000", "start_pts": 0, "duration_pts": 0, "language": "", "title": "", "file": "/media/Reel \u00e4 1.srt"}], "notes": ["The audio starts late."]}','2026-11-22T03:14:09.912080+00:00','2026-11-22T03:14:09.912080+00:00');
CREATE TABLE tracks (
	number INTEGER NOT NULL, 
	run VARCHAR(64) NOT NULL, 
	detector VARCHAR(64) NOT NULL, 
	stream INTEGER NOT NULL, 
	base VARCHAR(48) NOT NULL, 
	rows INTEGER NOT NULL, 
	first_pts BIGINT NOT NULL, 
	end_pts BIGINT NOT NULL, 
	metrics TEXT NOT NULL, 
	data BLOB NOT NULL, 
	checksum VARCHAR(64) NOT NULL, map_rows INTEGER, map_columns INTEGER, maps BLOB, maps_checksum VARCHAR(64), 
	PRIMARY KEY (number), 
	FOREIGN KEY(run) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "tracks" VALUES(1,'38a2c93bf262403f9f5d50adb4873b68','black',0,'1/1000',100,0,4000,'["level", "share"]',X'785E63D0A03D601805A321305443E09BDCFCE7530C662F5395D9A4FB3394F1EB619135B9E19D4E8F3F0A0A3C9851FE24FFC2AB934BEE329E10FDB9768667BD9C05C7A7E6BC491F36A9EEE13C7A8C79D292AE556DC58F9F6B37DD713DF56EF2CB5E414BC1ED8BA7B77D5C64B149EBAEF6B98F79E7365E118861F0D478BE804BE145DBA3CF1BC52422DFB925589C14E2DF2BA574454FE70CDFFBDC0EDB9E922FDCBBFEDDF20EF9A2F3272D8BCB4D69DE9EBAE73FB72A5871F49E3A52F7DB7E76F0FAED85CFE45D3F47F2597E59612DE47EFCC793A96C7AECED2B37861FFE70A7F9F1770695255F957D4A7A176E397EEBED7F0E0149454D030B7B579FA0F0D8A4B4ECBCA2D28AAA9ADA7A10A8ABA9AE282B2EC8C9488E8B0CF67577B432D6569616E662FAF4E0ECAEE5931B22F4D9F786B93FE9BE2B6E9FDE3E7BFDA1ABCF7FB2F289C9A9E999DA30D8DADADAC1813D1900A1DBD6D666CFDEBDFBE0603F140CD56484E1EE050E0D071A18186849313838D83B3838D0940200E205FD6D','f65f071fc2371d5953bb547f0cccfe982846553cd0a9d59ac1cdc7ab715bf463',NULL,NULL,NULL,NULL);
INSERT INTO "tracks" VALUES(2,'38a2c93bf262403f9f5d50adb4873b68','block_corruption',0,'1/1000',20,0,800,'["level", "share"]',X'785E63D0C0040C83097C939BFF7C8AC1EC65AA329B747F86327E3D2CB286C153E3F9022E85176D8F3E6F1493887CE7966071924165C957659F92DE855B8EDF7AFB9F43405251D380C1D6D6D60E0EECC18068AF2D706838D0C0C080423938D83B3838302053005C072F25','77344aade36482b3f24df00d180b97a8927a8b383ce73ddec06867226762aed6',3,5,X'785E0DCD856282001400C0952D0628D8AEDBC6000CEC759B888A8D8ABDFCFABDFB81DB92698CB8E3F0DC13A292B9BB9712270CA6DB722D4A388F2EBC249DCADFBF961B9DA1B4A340308BEBF8D21766D8C2C35B85EF8E66BB4A9DC9EA3EB9F247E2E9E2E37BB5D913E77B2ABDD9B67F7A1D882632374F1FB5567FBC90A90DB8FDE0CC138C25B3B7CFA57A7B3059CA3546025A6F884A415BE684E174A5D0A216687D24CD425B697446D25A89605668FD61260D6D95EF8AB38D4A67B2411B88C433D0D69ABDF1FC53AD37DBA10D46135968EBADFE64F1A531E00E6843B1640E5AAE3D982EBFB546C2092D49A5F2D03684A1B4FA41508B0BDA30CD16A0E53BA3D9FA578759DDD046987411DA66579C6FFEFE015B824750','4af440a67804beb5de0d7fa152139839032a409929dcf6ab6cd0aba7346d3ec3');
CREATE TABLE verdicts (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id VARCHAR(64) NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(128) NOT NULL, 
	stream INTEGER NOT NULL, 
	defect VARCHAR(64) NOT NULL, 
	detector VARCHAR(64) NOT NULL, 
	span_start BIGINT NOT NULL, 
	span_end BIGINT NOT NULL, 
	span_base VARCHAR(48) NOT NULL, 
	decision VARCHAR(16) NOT NULL, 
	reviewer VARCHAR(200) NOT NULL, 
	reason VARCHAR(32), 
	disposition VARCHAR(32), 
	severity VARCHAR(16), 
	comment TEXT NOT NULL, 
	undoes VARCHAR(64) NOT NULL, 
	at VARCHAR(40) NOT NULL, settles BOOLEAN DEFAULT 0 NOT NULL, 
	UNIQUE (id), 
	FOREIGN KEY(reviewer) REFERENCES reviewers (name)
);
INSERT INTO "verdicts" VALUES(1,'57b3ecb1ac34467ea42b52b7d309d0ba','3bdb159dccf049faa39b98388cdf481d','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',0,'black','black',1000,2000,'1/1000','confirm','Ada',NULL,NULL,NULL,'','','2026-11-22T03:14:10.161195+00:00',0);
INSERT INTO "verdicts" VALUES(2,'f94a10c671464513b4caf923b3b84926','cd2fc0f24ecf4cb8b1f44e90122ac951','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',0,'black','black',3000,4000,'1/1000','reject','Béla','duplicate',NULL,NULL,'','','2026-11-22T03:14:10.210250+00:00',0);
CREATE INDEX ix_titles_opened ON titles (opened);
CREATE INDEX ix_runs_fingerprint ON runs (fingerprint);
CREATE INDEX ix_findings_run_profile ON findings (run, profile);
CREATE INDEX ix_verdicts_subject ON verdicts (subject);
CREATE INDEX ix_verdicts_fingerprint_seq ON verdicts (fingerprint, seq);
CREATE TRIGGER verdicts_refuse_update BEFORE UPDATE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER verdicts_refuse_delete BEFORE DELETE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE TRIGGER verdicts_refuse_replace BEFORE INSERT ON verdicts
    WHEN EXISTS (SELECT 1 FROM verdicts WHERE id = NEW.id OR seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'verdicts are append-only'); END;
CREATE INDEX ix_tracks_place ON tracks (run, detector, stream, first_pts);
CREATE INDEX ix_summaries_stale ON summaries (fingerprint) WHERE counted <> changes;
CREATE INDEX ix_summaries_sort_name ON summaries (sort_name, fingerprint);
CREATE INDEX ix_summary_defects_fingerprint ON summary_defects (fingerprint);
CREATE INDEX ix_summary_reviewers_fingerprint ON summary_reviewers (fingerprint);
CREATE INDEX ix_runs_state ON runs (state);
CREATE TRIGGER summaries_title_added AFTER INSERT ON titles BEGIN INSERT INTO summaries (fingerprint) VALUES (NEW.fingerprint); END;
CREATE TRIGGER summaries_title_changed AFTER UPDATE ON titles BEGIN UPDATE summaries SET changes = changes + 1 WHERE fingerprint = NEW.fingerprint; END;
CREATE TRIGGER summaries_run_added AFTER INSERT ON runs BEGIN UPDATE summaries SET changes = changes + 1 WHERE fingerprint = NEW.fingerprint; END;
CREATE TRIGGER summaries_run_changed AFTER UPDATE OF fingerprint, state, profile, span_start, span_end ON runs BEGIN UPDATE summaries SET changes = changes + 1 WHERE fingerprint = OLD.fingerprint; UPDATE summaries SET changes = changes + 1 WHERE fingerprint = NEW.fingerprint; END;
CREATE TRIGGER summaries_run_removed AFTER DELETE ON runs BEGIN UPDATE summaries SET changes = changes + 1 WHERE fingerprint = OLD.fingerprint; END;
CREATE TRIGGER summaries_finding_added AFTER INSERT ON findings BEGIN UPDATE summaries SET changes = changes + 1 WHERE fingerprint = (SELECT fingerprint FROM runs WHERE id = NEW.run); END;
CREATE TRIGGER summaries_finding_changed AFTER UPDATE ON findings BEGIN UPDATE summaries SET changes = changes + 1 WHERE fingerprint = (SELECT fingerprint FROM runs WHERE id = OLD.run); UPDATE summaries SET changes = changes + 1 WHERE fingerprint = (SELECT fingerprint FROM runs WHERE id = NEW.run); END;
CREATE TRIGGER summaries_finding_removed AFTER DELETE ON findings BEGIN UPDATE summaries SET changes = changes + 1 WHERE fingerprint = (SELECT fingerprint FROM runs WHERE id = OLD.run); END;
CREATE TRIGGER summaries_verdict_added AFTER INSERT ON verdicts BEGIN UPDATE summaries SET changes = changes + 1 WHERE fingerprint = NEW.fingerprint; END;
CREATE INDEX ix_spot_answers_plan ON spot_answers ("plan");
CREATE INDEX ix_assignments_fingerprint ON assignments (fingerprint);
CREATE INDEX ix_tasks_batch_state ON tasks (batch, state, priority);
CREATE INDEX ix_channel_events_channel ON channel_events (channel);
CREATE INDEX ix_mask_projects_fingerprint ON mask_projects (fingerprint);
CREATE INDEX ix_mask_layers_place ON mask_layers (project, pts);
CREATE TRIGGER mask_layers_refuse_update BEFORE UPDATE ON mask_layers
    BEGIN SELECT RAISE(ABORT, 'masks are append-only'); END;
CREATE TRIGGER mask_layers_refuse_delete BEFORE DELETE ON mask_layers
    WHEN OLD.origin <> 'prediction'
    BEGIN SELECT RAISE(ABORT, 'masks are append-only'); END;
CREATE TRIGGER mask_layers_refuse_replace BEFORE INSERT ON mask_layers
    WHEN EXISTS (SELECT 1 FROM mask_layers WHERE id = NEW.id OR number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'masks are append-only'); END;
CREATE UNIQUE INDEX ix_mask_rounds_place ON mask_rounds (project, round);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('runs',1);
INSERT INTO "sqlite_sequence" VALUES('verdicts',2);
INSERT INTO "sqlite_sequence" VALUES('mask_layers',1);
COMMIT;
