BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "findings" VALUES(1,'e2e0cdd5ae734e0cac112d50cc3c4090','fb17217e0458d216','','black','black',0,1000,2000,'1/1000',0.5,'issue','{"metric": "level", "peak": {"pts": 1000, "base": "1/1000"}, "peak_value": 0.30000000000000004, "threshold": 0.25, "note": "Darker than it should be.", "region": [0.0, 0.1, 0.5, 1.0], "band": [50.0, 60.0], "channels": [0, 1]}','');
CREATE TABLE profiles (
	hash VARCHAR(64) NOT NULL, 
	name TEXT NOT NULL, 
	title TEXT NOT NULL, 
	document TEXT NOT NULL, 
	added VARCHAR(40) NOT NULL, 
	PRIMARY KEY (hash)
);
INSERT INTO "profiles" VALUES('fb17217e0458d216','default','Default','{"name": "default", "title": "Default", "thresholds": {}, "severities": {}, "disabled": []}','2026-11-21T10:16:35.860787+00:00');
CREATE TABLE reviewers (
	name VARCHAR(200) NOT NULL, 
	added VARCHAR(40) NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "reviewers" VALUES('Ada','2026-11-21T10:16:35.872271+00:00');
INSERT INTO "reviewers" VALUES('Béla','2026-11-21T10:16:35.882499+00:00');
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
INSERT INTO "runs" VALUES(1,'e2e0cdd5ae734e0cac112d50cc3c4090','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','["black"]','done','2026-11-21T10:16:35.833755+00:00','2026-11-21T10:16:35.866897+00:00',NULL,NULL,NULL,4.0,'','{}','{"version": "1"}','desk:1','2026-11-21T10:16:35.866897+00:00','fb17217e0458d216');
CREATE TABLE titles (
	fingerprint VARCHAR(128) NOT NULL, 
	name TEXT NOT NULL, 
	document TEXT NOT NULL, 
	added VARCHAR(40) NOT NULL, 
	opened VARCHAR(40) NOT NULL, 
	PRIMARY KEY (fingerprint)
);
INSERT INTO "titles" VALUES('ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','Reel ä 1.mov','{"path": "/media/Reel \u00e4 1.mov", "fingerprint": "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "container": "mov,mp4", "size_bytes": 12345, "start": {"pts": -3, "base": "1/90000"}, "duration_s": 60.04, "video": [{"index": 0, "codec": "h264", "base": "1/90000", "start_pts": 0, "duration_pts": 5403600, "language": "", "title": "", "width": 1920, "height": 1080, "pixel_format": "", "bit_depth": 8, "rate": "30000/1001", "variable_rate": false, "pixel_aspect": "4/3", "rotation": 90, "interlaced": false, "color_range": "", "color_space": "", "color_primaries": "", "color_transfer": ""}], "audio": [{"index": 1, "codec": "aac", "base": "1/48000", "start_pts": 0, "duration_pts": 0, "language": "de", "title": "", "sample_rate": 48000, "channels": 0, "layout": "", "sample_format": ""}], "captions": [{"index": 1000, "codec": "srt", "base": "1/1000", "start_pts": 0, "duration_pts": 0, "language": "", "title": "", "file": "/media/Reel \u00e4 1.srt"}], "notes": ["The audio starts late."]}','2026-11-21T10:16:35.827449+00:00','2026-11-21T10:16:35.827449+00:00');
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
INSERT INTO "tracks" VALUES(1,'e2e0cdd5ae734e0cac112d50cc3c4090','black',0,'1/1000',100,0,4000,'["level", "share"]',X'785E63D0A03D601805A321305443E09BDCFCE7530C662F5395D9A4FB3394F1EB619135B9E19D4E8F3F0A0A3C9851FE24FFC2AB934BEE329E10FDB9768667BD9C05C7A7E6BC491F36A9EEE13C7A8C79D292AE556DC58F9F6B37DD713DF56EF2CB5E414BC1ED8BA7B77D5C64B149EBAEF6B98F79E7365E118861F0D478BE804BE145DBA3CF1BC52422DFB925589C14E2DF2BA574454FE70CDFFBDC0EDB9E922FDCBBFEDDF20EF9A2F3272D8BCB4D69DE9EBAE73FB72A5871F49E3A52F7DB7E76F0FAED85CFE45D3F47F2597E59612DE47EFCC793A96C7AECED2B37861FFE70A7F9F1770695255F957D4A7A176E397EEBED7F0E0149454D030B7B579FA0F0D8A4B4ECBCA2D28AAA9ADA7A10A8ABA9AE282B2EC8C9488E8B0CF67577B432D6569616E662FAF4E0ECAEE5931B22F4D9F786B93FE9BE2B6E9FDE3E7BFDA1ABCF7FB2F289C9A9E999DA30D8DADADAC1813D1900A1DBD6D666CFDEBDFBE0603F140CD56484E1EE050E0D071A18186849313838D83B3838D0940200E205FD6D','70a096efc78de43ecd799dacc0f1c81b1bf4652838a929eb8bb580fe312bdb59',NULL,NULL,NULL,NULL);
INSERT INTO "tracks" VALUES(2,'e2e0cdd5ae734e0cac112d50cc3c4090','block_corruption',0,'1/1000',20,0,800,'["level", "share"]',X'785E63D0C0040C83097C939BFF7C8AC1EC65AA329B747F86327E3D2CB286C153E3F9022E85176D8F3E6F1493887CE7966071924165C957659F92DE855B8EDF7AFB9F43405251D380C1D6D6D60E0EECC18068AF2D706838D0C0C080423938D83B3838302053005C072F25','be19ac87098a34a7c018cab2132fbc7fa647f4a818b0d4224c7c88ff3441366c',3,5,X'785E0DCD856282001400C0952D0628D8AEDBC6000CEC759B888A8D8ABDFCFABDFB81DB92698CB8E3F0DC13A292B9BB9712270CA6DB722D4A388F2EBC249DCADFBF961B9DA1B4A340308BEBF8D21766D8C2C35B85EF8E66BB4A9DC9EA3EB9F247E2E9E2E37BB5D913E77B2ABDD9B67F7A1D882632374F1FB5567FBC90A90DB8FDE0CC138C25B3B7CFA57A7B3059CA3546025A6F884A415BE684E174A5D0A216687D24CD425B697446D25A89605668FD61260D6D95EF8AB38D4A67B2411B88C433D0D69ABDF1FC53AD37DBA10D46135968EBADFE64F1A531E00E6843B1640E5AAE3D982EBFB546C2092D49A5F2D03684A1B4FA41508B0BDA30CD16A0E53BA3D9FA578759DDD046987411DA66579C6FFEFE015B824750','e9a3e5466f79bba021cc0d87e15fc0bb92be6dd1fe439ffab1030b1aa1b0b3d4');
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
	at VARCHAR(40) NOT NULL, 
	UNIQUE (id), 
	FOREIGN KEY(reviewer) REFERENCES reviewers (name)
);
INSERT INTO "verdicts" VALUES(1,'188549e2f0ca4f09bcf066528ea55ab5','da5be44c4913407bb7da2b4e9e663a85','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',0,'black','black',1000,2000,'1/1000','confirm','Ada',NULL,NULL,NULL,'','','2026-11-21T10:16:35.871405+00:00');
INSERT INTO "verdicts" VALUES(2,'e12bc3454e9c4c508d615614d5ac04b7','8655378920a643b7888b47a6e924c1ce','ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',0,'black','black',3000,4000,'1/1000','reject','Béla','duplicate',NULL,NULL,'','','2026-11-21T10:16:35.882080+00:00');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('runs',1);
INSERT INTO "sqlite_sequence" VALUES('verdicts',2);
COMMIT;
