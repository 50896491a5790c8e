-- Two of the samples as gouji 0.1.0 stored them in SQLite, before there were migrations.
BEGIN TRANSACTION;
CREATE TABLE application (
	report_id INTEGER NOT NULL, 
	row_key VARCHAR NOT NULL, 
	natural_person NUMERIC, 
	business NUMERIC, 
	research NUMERIC, 
	nonprofit NUMERIC, 
	legal_service NUMERIC, 
	other NUMERIC, 
	total NUMERIC, 
	PRIMARY KEY (report_id, row_key), 
	FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE
);
INSERT INTO "application" VALUES(1,'received',10,4,0,0,4,0,18);
INSERT INTO "application" VALUES(1,'carried_in',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'granted',3,1,0,0,0,0,4);
INSERT INTO "application" VALUES(1,'partially_granted',3,1,0,0,1,0,5);
INSERT INTO "application" VALUES(1,'refused.state_secret',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'refused.prohibited_by_law',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'refused.security_and_stability',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'refused.third_party_rights',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'refused.internal_affairs',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'refused.deliberative_process',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'refused.enforcement_file',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'refused.administrative_inquiry',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'unavailable.not_held',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'unavailable.creation_required',1,1,0,0,1,0,3);
INSERT INTO "application" VALUES(1,'unavailable.still_unclear',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'not_processed.petition',0,0,0,0,1,0,1);
INSERT INTO "application" VALUES(1,'not_processed.duplicate',1,0,0,0,0,0,1);
INSERT INTO "application" VALUES(1,'not_processed.published',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'not_processed.excessive',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'not_processed.reconfirmation',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'other.not_corrected_in_time',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'other.fee_not_paid_in_time',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(1,'other.other',1,0,0,0,1,0,2);
INSERT INTO "application" VALUES(1,'concluded',9,3,0,0,4,0,16);
INSERT INTO "application" VALUES(1,'carried_out',1,1,0,0,0,0,2);
INSERT INTO "application" VALUES(2,'received',6,2,0,0,3,0,11);
INSERT INTO "application" VALUES(2,'carried_in',1,0,0,0,0,0,1);
INSERT INTO "application" VALUES(2,'granted',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'partially_granted',2,0,0,0,0,0,2);
INSERT INTO "application" VALUES(2,'refused.state_secret',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'refused.prohibited_by_law',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'refused.security_and_stability',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'refused.third_party_rights',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'refused.internal_affairs',0,1,0,0,1,0,2);
INSERT INTO "application" VALUES(2,'refused.deliberative_process',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'refused.enforcement_file',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'refused.administrative_inquiry',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'unavailable.not_held',4,0,0,0,1,0,5);
INSERT INTO "application" VALUES(2,'unavailable.creation_required',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'unavailable.still_unclear',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'not_processed.petition',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'not_processed.duplicate',0,0,0,0,1,0,1);
INSERT INTO "application" VALUES(2,'not_processed.published',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'not_processed.excessive',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'not_processed.reconfirmation',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'other.not_corrected_in_time',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'other.fee_not_paid_in_time',0,0,0,0,0,0,0);
INSERT INTO "application" VALUES(2,'other.other',1,1,0,0,0,0,2);
INSERT INTO "application" VALUES(2,'concluded',7,2,0,0,3,0,13);
INSERT INTO "application" VALUES(2,'carried_out',0,0,0,0,0,0,0);
CREATE TABLE disclosure (
	report_id INTEGER NOT NULL, 
	regulations_issued NUMERIC, 
	regulations_repealed NUMERIC, 
	regulations_in_force NUMERIC, 
	normative_documents_issued NUMERIC, 
	normative_documents_repealed NUMERIC, 
	normative_documents_in_force NUMERIC, 
	licensing_decisions NUMERIC, 
	penalties_decisions NUMERIC, 
	coercive_measures_decisions NUMERIC, 
	fees_amount NUMERIC, 
	regulations_made NUMERIC, 
	regulations_published NUMERIC, 
	regulations_total NUMERIC, 
	normative_documents_made NUMERIC, 
	normative_documents_published NUMERIC, 
	normative_documents_total NUMERIC, 
	licensing_previous_items NUMERIC, 
	licensing_change NUMERIC, 
	other_services_previous_items NUMERIC, 
	other_services_change NUMERIC, 
	other_services_decisions NUMERIC, 
	penalties_previous_items NUMERIC, 
	penalties_change NUMERIC, 
	coercive_measures_previous_items NUMERIC, 
	coercive_measures_change NUMERIC, 
	fees_previous_items NUMERIC, 
	fees_change NUMERIC, 
	procurement_items NUMERIC, 
	procurement_amount NUMERIC, 
	PRIMARY KEY (report_id), 
	FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE
);
INSERT INTO "disclosure" VALUES(1,0,0,0,1,0,7,80,19,3,12.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "disclosure" VALUES(2,0,0,0,2,0,9,44,28,0,3.08,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE dispute (
	report_id INTEGER NOT NULL, 
	track VARCHAR NOT NULL, 
	upheld NUMERIC, 
	corrected NUMERIC, 
	other NUMERIC, 
	pending NUMERIC, 
	total NUMERIC, 
	PRIMARY KEY (report_id, track), 
	FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE
);
INSERT INTO "dispute" VALUES(1,'reconsideration',0,1,0,0,1);
INSERT INTO "dispute" VALUES(1,'litigation_direct',0,0,0,0,0);
INSERT INTO "dispute" VALUES(1,'litigation_after_reconsideration',0,0,0,0,0);
INSERT INTO "dispute" VALUES(2,'reconsideration',0,1,1,1,3);
INSERT INTO "dispute" VALUES(2,'litigation_direct',0,0,0,0,0);
INSERT INTO "dispute" VALUES(2,'litigation_after_reconsideration',0,0,0,0,0);
CREATE TABLE finding (
	id INTEGER NOT NULL, 
	report_id INTEGER, 
	rule VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	severity VARCHAR NOT NULL, 
	expected NUMERIC, 
	actual NUMERIC, 
	message VARCHAR NOT NULL, 
	content JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE
);
INSERT INTO "finding" VALUES(1,2,'applications.row_total','concluded','error',12,13,'表三“（七）总计”一行：各列之和为12，总计填报为13，相差1；“（七）总计”一行“总计”一列似应为12（现为13），疑一位数字有误。','{"rule": "applications.row_total", "at": "concluded", "severity": "error", "expected": 12, "actual": 13, "cells": ["applications.concluded.total", "applications.concluded.natural_person", "applications.concluded.business", "applications.concluded.research", "applications.concluded.nonprofit", "applications.concluded.legal_service", "applications.concluded.other"], "message": "\u8868\u4e09\u201c\uff08\u4e03\uff09\u603b\u8ba1\u201d\u4e00\u884c\uff1a\u5404\u5217\u4e4b\u548c\u4e3a12\uff0c\u603b\u8ba1\u586b\u62a5\u4e3a13\uff0c\u76f8\u5dee1\uff1b\u201c\uff08\u4e03\uff09\u603b\u8ba1\u201d\u4e00\u884c\u201c\u603b\u8ba1\u201d\u4e00\u5217\u4f3c\u5e94\u4e3a12\uff08\u73b0\u4e3a13\uff09\uff0c\u7591\u4e00\u4f4d\u6570\u5b57\u6709\u8bef\u3002", "suspect": {"cell": "applications.concluded.total", "stated": 13, "expected": 12}, "explanations": [{"slip": "mistyped_digit", "changes": [{"cell": "applications.concluded.total", "stated": 13, "expected": 12}], "message": "\u201c\uff08\u4e03\uff09\u603b\u8ba1\u201d\u4e00\u884c\u201c\u603b\u8ba1\u201d\u4e00\u5217\u4f3c\u5e94\u4e3a12\uff08\u73b0\u4e3a13\uff09\uff0c\u7591\u4e00\u4f4d\u6570\u5b57\u6709\u8bef"}]}');
INSERT INTO "finding" VALUES(2,2,'applications.concluded','total','error',12,13,'表三“总计”一列：（一）至（六）各行之和为12，（七）总计填报为13，相差1；“（七）总计”一行“总计”一列似应为12（现为13），疑一位数字有误。','{"rule": "applications.concluded", "at": "total", "severity": "error", "expected": 12, "actual": 13, "cells": ["applications.concluded.total", "applications.granted.total", "applications.partially_granted.total", "applications.refused.state_secret.total", "applications.refused.prohibited_by_law.total", "applications.refused.security_and_stability.total", "applications.refused.third_party_rights.total", "applications.refused.internal_affairs.total", "applications.refused.deliberative_process.total", "applications.refused.enforcement_file.total", "applications.refused.administrative_inquiry.total", "applications.unavailable.not_held.total", "applications.unavailable.creation_required.total", "applications.unavailable.still_unclear.total", "applications.not_processed.petition.total", "applications.not_processed.duplicate.total", "applications.not_processed.published.total", "applications.not_processed.excessive.total", "applications.not_processed.reconfirmation.total", "applications.other.not_corrected_in_time.total", "applications.other.fee_not_paid_in_time.total", "applications.other.other.total"], "message": "\u8868\u4e09\u201c\u603b\u8ba1\u201d\u4e00\u5217\uff1a\uff08\u4e00\uff09\u81f3\uff08\u516d\uff09\u5404\u884c\u4e4b\u548c\u4e3a12\uff0c\uff08\u4e03\uff09\u603b\u8ba1\u586b\u62a5\u4e3a13\uff0c\u76f8\u5dee1\uff1b\u201c\uff08\u4e03\uff09\u603b\u8ba1\u201d\u4e00\u884c\u201c\u603b\u8ba1\u201d\u4e00\u5217\u4f3c\u5e94\u4e3a12\uff08\u73b0\u4e3a13\uff09\uff0c\u7591\u4e00\u4f4d\u6570\u5b57\u6709\u8bef\u3002", "suspect": {"cell": "applications.concluded.total", "stated": 13, "expected": 12}, "explanations": [{"slip": "mistyped_digit", "changes": [{"cell": "applications.concluded.total", "stated": 13, "expected": 12}], "message": "\u201c\uff08\u4e03\uff09\u603b\u8ba1\u201d\u4e00\u884c\u201c\u603b\u8ba1\u201d\u4e00\u5217\u4f3c\u5e94\u4e3a12\uff08\u73b0\u4e3a13\uff09\uff0c\u7591\u4e00\u4f4d\u6570\u5b57\u6709\u8bef"}]}');
INSERT INTO "finding" VALUES(3,2,'applications.balance','total','error',12,13,'表三“总计”一列：本年新收与上年结转之和为12，办理结果总计与结转下年度之和填报为13，相差1；“（七）总计”一行“总计”一列似应为12（现为13），疑一位数字有误。','{"rule": "applications.balance", "at": "total", "severity": "error", "expected": 12, "actual": 13, "cells": ["applications.concluded.total", "applications.carried_out.total", "applications.received.total", "applications.carried_in.total"], "message": "\u8868\u4e09\u201c\u603b\u8ba1\u201d\u4e00\u5217\uff1a\u672c\u5e74\u65b0\u6536\u4e0e\u4e0a\u5e74\u7ed3\u8f6c\u4e4b\u548c\u4e3a12\uff0c\u529e\u7406\u7ed3\u679c\u603b\u8ba1\u4e0e\u7ed3\u8f6c\u4e0b\u5e74\u5ea6\u4e4b\u548c\u586b\u62a5\u4e3a13\uff0c\u76f8\u5dee1\uff1b\u201c\uff08\u4e03\uff09\u603b\u8ba1\u201d\u4e00\u884c\u201c\u603b\u8ba1\u201d\u4e00\u5217\u4f3c\u5e94\u4e3a12\uff08\u73b0\u4e3a13\uff09\uff0c\u7591\u4e00\u4f4d\u6570\u5b57\u6709\u8bef\u3002", "suspect": {"cell": "applications.concluded.total", "stated": 13, "expected": 12}, "explanations": [{"slip": "mistyped_digit", "changes": [{"cell": "applications.concluded.total", "stated": 13, "expected": 12}], "message": "\u201c\uff08\u4e03\uff09\u603b\u8ba1\u201d\u4e00\u884c\u201c\u603b\u8ba1\u201d\u4e00\u5217\u4f3c\u5e94\u4e3a12\uff08\u73b0\u4e3a13\uff09\uff0c\u7591\u4e00\u4f4d\u6570\u5b57\u6709\u8bef"}]}');
CREATE TABLE object (
	"key" VARCHAR NOT NULL, 
	etag VARCHAR NOT NULL, 
	size BIGINT NOT NULL, 
	last_modified DATETIME NOT NULL, 
	document_id VARCHAR NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "object" VALUES('01-一行一条.txt','0',4245,'2026-01-05 08:00:00.000000','ab47425a5c7248d432ebd3cb287ee94aeee3f68922f22b46cc1cf8ccb8fdf378');
INSERT INTO "object" VALUES('07-合计有误.txt','6',4288,'2026-01-05 08:00:00.000000','96a581a36e7ea5dda7844f60e1ef4a2d722e4ca289fd7a6b7a8a8406366bb561');
CREATE TABLE passage (
	document_id VARCHAR NOT NULL, 
	started DATETIME NOT NULL, 
	stage VARCHAR NOT NULL, 
	consumer VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	took FLOAT NOT NULL, 
	version VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	PRIMARY KEY (document_id, started, stage, consumer)
);
INSERT INTO "passage" VALUES('ab47425a5c7248d432ebd3cb287ee94aeee3f68922f22b46cc1cf8ccb8fdf378','2026-01-05 08:00:00.000000','ingest','100-ab@old','forwarded',0.001,'0.1.0','');
INSERT INTO "passage" VALUES('ab47425a5c7248d432ebd3cb287ee94aeee3f68922f22b46cc1cf8ccb8fdf378','2026-01-05 08:00:01.000000','parse','100-ab@old','forwarded',0.001,'0.1.0','');
INSERT INTO "passage" VALUES('ab47425a5c7248d432ebd3cb287ee94aeee3f68922f22b46cc1cf8ccb8fdf378','2026-01-05 08:00:02.000000','validate','100-ab@old','forwarded',0.001,'0.1.0','');
INSERT INTO "passage" VALUES('ab47425a5c7248d432ebd3cb287ee94aeee3f68922f22b46cc1cf8ccb8fdf378','2026-11-25 13:07:38.907215','store','101-ab@old','forwarded',0.008514,'0.1.0','');
INSERT INTO "passage" VALUES('96a581a36e7ea5dda7844f60e1ef4a2d722e4ca289fd7a6b7a8a8406366bb561','2026-01-05 08:00:00.000000','ingest','100-ab@old','forwarded',0.001,'0.1.0','');
INSERT INTO "passage" VALUES('96a581a36e7ea5dda7844f60e1ef4a2d722e4ca289fd7a6b7a8a8406366bb561','2026-01-05 08:00:01.000000','parse','100-ab@old','forwarded',0.001,'0.1.0','');
INSERT INTO "passage" VALUES('96a581a36e7ea5dda7844f60e1ef4a2d722e4ca289fd7a6b7a8a8406366bb561','2026-01-05 08:00:02.000000','validate','100-ab@old','forwarded',0.001,'0.1.0','');
INSERT INTO "passage" VALUES('96a581a36e7ea5dda7844f60e1ef4a2d722e4ca289fd7a6b7a8a8406366bb561','2026-11-25 13:07:38.916349','store','101-ab@old','forwarded',0.001848,'0.1.0','');
CREATE TABLE reading (
	report_id INTEGER NOT NULL, 
	sources JSON NOT NULL, 
	notes JSON NOT NULL, 
	remarks JSON NOT NULL, 
	PRIMARY KEY (report_id), 
	FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE
);
INSERT INTO "reading" VALUES(1,'{"disclosure.regulations.issued": "L19C2", "disclosure.regulations.repealed": "L19C3", "disclosure.regulations.in_force": "L19C4", "disclosure.normative_documents.issued": "L20C2", "disclosure.normative_documents.repealed": "L20C3", "disclosure.normative_documents.in_force": "L20C4", "disclosure.licensing.decisions": "L23C2", "disclosure.penalties.decisions": "L26C2", "disclosure.coercive_measures.decisions": "L27C2", "disclosure.fees.amount": "L30C2", "applications.received.natural_person": "L36C2", "applications.received.business": "L36C3", "applications.received.research": "L36C4", "applications.received.nonprofit": "L36C5", "applications.received.legal_service": "L36C6", "applications.received.other": "L36C7", "applications.received.total": "L36C8", "applications.carried_in.natural_person": "L37C2", "applications.carried_in.business": "L37C3", "applications.carried_in.research": "L37C4", "applications.carried_in.nonprofit": "L37C5", "applications.carried_in.legal_service": "L37C6", "applications.carried_in.other": "L37C7", "applications.carried_in.total": "L37C8", "applications.granted.natural_person": "L38C3", "applications.granted.business": "L38C4", "applications.granted.research": "L38C5", "applications.granted.nonprofit": "L38C6", "applications.granted.legal_service": "L38C7", "applications.granted.other": "L38C8", "applications.granted.total": "L38C9", "applications.partially_granted.natural_person": "L39C2", "applications.partially_granted.business": "L39C3", "applications.partially_granted.research": "L39C4", "applications.partially_granted.nonprofit": "L39C5", "applications.partially_granted.legal_service": "L39C6", "applications.partially_granted.other": "L39C7", "applications.partially_granted.total": "L39C8", "applications.refused.state_secret.natural_person": "L40C3", "applications.refused.state_secret.business": "L40C4", "applications.refused.state_secret.research": "L40C5", "applications.refused.state_secret.nonprofit": "L40C6", "applications.refused.state_secret.legal_service": "L40C7", "applications.refused.state_secret.other": "L40C8", "applications.refused.state_secret.total": "L40C9", "applications.refused.prohibited_by_law.natural_person": "L41C2", "applications.refused.prohibited_by_law.business": "L41C3", "applications.refused.prohibited_by_law.research": "L41C4", "applications.refused.prohibited_by_law.nonprofit": "L41C5", "applications.refused.prohibited_by_law.legal_service": "L41C6", "applications.refused.prohibited_by_law.other": "L41C7", "applications.refused.prohibited_by_law.total": "L41C8", "applications.refused.security_and_stability.natural_person": "L42C2", "applications.refused.security_and_stability.business": "L42C3", "applications.refused.security_and_stability.research": "L42C4", "applications.refused.security_and_stability.nonprofit": "L42C5", "applications.refused.security_and_stability.legal_service": "L42C6", "applications.refused.security_and_stability.other": "L42C7", "applications.refused.security_and_stability.total": "L42C8", "applications.refused.third_party_rights.natural_person": "L43C2", "applications.refused.third_party_rights.business": "L43C3", "applications.refused.third_party_rights.research": "L43C4", "applications.refused.third_party_rights.nonprofit": "L43C5", "applications.refused.third_party_rights.legal_service": "L43C6", "applications.refused.third_party_rights.other": "L43C7", "applications.refused.third_party_rights.total": "L43C8", "applications.refused.internal_affairs.natural_person": "L44C2", "applications.refused.internal_affairs.business": "L44C3", "applications.refused.internal_affairs.research": "L44C4", "applications.refused.internal_affairs.nonprofit": "L44C5", "applications.refused.internal_affairs.legal_service": "L44C6", "applications.refused.internal_affairs.other": "L44C7", "applications.refused.internal_affairs.total": "L44C8", "applications.refused.deliberative_process.natural_person": "L45C2", "applications.refused.deliberative_process.business": "L45C3", "applications.refused.deliberative_process.research": "L45C4", "applications.refused.deliberative_process.nonprofit": "L45C5", "applications.refused.deliberative_process.legal_service": "L45C6", "applications.refused.deliberative_process.other": "L45C7", "applications.refused.deliberative_process.total": "L45C8", "applications.refused.enforcement_file.natural_person": "L46C2", "applications.refused.enforcement_file.business": "L46C3", "applications.refused.enforcement_file.research": "L46C4", "applications.refused.enforcement_file.nonprofit": "L46C5", "applications.refused.enforcement_file.legal_service": "L46C6", "applications.refused.enforcement_file.other": "L46C7", "applications.refused.enforcement_file.total": "L46C8", "applications.refused.administrative_inquiry.natural_person": "L47C2", "applications.refused.administrative_inquiry.business": "L47C3", "applications.refused.administrative_inquiry.research": "L47C4", "applications.refused.administrative_inquiry.nonprofit": "L47C5", "applications.refused.administrative_inquiry.legal_service": "L47C6", "applications.refused.administrative_inquiry.other": "L47C7", "applications.refused.administrative_inquiry.total": "L47C8", "applications.unavailable.not_held.natural_person": "L48C3", "applications.unavailable.not_held.business": "L48C4", "applications.unavailable.not_held.research": "L48C5", "applications.unavailable.not_held.nonprofit": "L48C6", "applications.unavailable.not_held.legal_service": "L48C7", "applications.unavailable.not_held.other": "L48C8", "applications.unavailable.not_held.total": "L48C9", "applications.unavailable.creation_required.natural_person": "L49C2", "applications.unavailable.creation_required.business": "L49C3", "applications.unavailable.creation_required.research": "L49C4", "applications.unavailable.creation_required.nonprofit": "L49C5", "applications.unavailable.creation_required.legal_service": "L49C6", "applications.unavailable.creation_required.other": "L49C7", "applications.unavailable.creation_required.total": "L49C8", "applications.unavailable.still_unclear.natural_person": "L50C2", "applications.unavailable.still_unclear.business": "L50C3", "applications.unavailable.still_unclear.research": "L50C4", "applications.unavailable.still_unclear.nonprofit": "L50C5", "applications.unavailable.still_unclear.legal_service": "L50C6", "applications.unavailable.still_unclear.other": "L50C7", "applications.unavailable.still_unclear.total": "L50C8", "applications.not_processed.petition.natural_person": "L51C3", "applications.not_processed.petition.business": "L51C4", "applications.not_processed.petition.research": "L51C5", "applications.not_processed.petition.nonprofit": "L51C6", "applications.not_processed.petition.legal_service": "L51C7", "applications.not_processed.petition.other": "L51C8", "applications.not_processed.petition.total": "L51C9", "applications.not_processed.duplicate.natural_person": "L52C2", "applications.not_processed.duplicate.business": "L52C3", "applications.not_processed.duplicate.research": "L52C4", "applications.not_processed.duplicate.nonprofit": "L52C5", "applications.not_processed.duplicate.legal_service": "L52C6", "applications.not_processed.duplicate.other": "L52C7", "applications.not_processed.duplicate.total": "L52C8", "applications.not_processed.published.natural_person": "L53C2", "applications.not_processed.published.business": "L53C3", "applications.not_processed.published.research": "L53C4", "applications.not_processed.published.nonprofit": "L53C5", "applications.not_processed.published.legal_service": "L53C6", "applications.not_processed.published.other": "L53C7", "applications.not_processed.published.total": "L53C8", "applications.not_processed.excessive.natural_person": "L54C2", "applications.not_processed.excessive.business": "L54C3", "applications.not_processed.excessive.research": "L54C4", "applications.not_processed.excessive.nonprofit": "L54C5", "applications.not_processed.excessive.legal_service": "L54C6", "applications.not_processed.excessive.other": "L54C7", "applications.not_processed.excessive.total": "L54C8", "applications.not_processed.reconfirmation.natural_person": "L55C2", "applications.not_processed.reconfirmation.business": "L55C3", "applications.not_processed.reconfirmation.research": "L55C4", "applications.not_processed.reconfirmation.nonprofit": "L55C5", "applications.not_processed.reconfirmation.legal_service": "L55C6", "applications.not_processed.reconfirmation.other": "L55C7", "applications.not_processed.reconfirmation.total": "L55C8", "applications.other.not_corrected_in_time.natural_person": "L56C3", "applications.other.not_corrected_in_time.business": "L56C4", "applications.other.not_corrected_in_time.research": "L56C5", "applications.other.not_corrected_in_time.nonprofit": "L56C6", "applications.other.not_corrected_in_time.legal_service": "L56C7", "applications.other.not_corrected_in_time.other": "L56C8", "applications.other.not_corrected_in_time.total": "L56C9", "applications.other.fee_not_paid_in_time.natural_person": "L57C2", "applications.other.fee_not_paid_in_time.business": "L57C3", "applications.other.fee_not_paid_in_time.research": "L57C4", "applications.other.fee_not_paid_in_time.nonprofit": "L57C5", "applications.other.fee_not_paid_in_time.legal_service": "L57C6", "applications.other.fee_not_paid_in_time.other": "L57C7", "applications.other.fee_not_paid_in_time.total": "L57C8", "applications.other.other.natural_person": "L58C2", "applications.other.other.business": "L58C3", "applications.other.other.research": "L58C4", "applications.other.other.nonprofit": "L58C5", "applications.other.other.legal_service": "L58C6", "applications.other.other.other": "L58C7", "applications.other.other.total": "L58C8", "applications.concluded.natural_person": "L59C2", "applications.concluded.business": "L59C3", "applications.concluded.research": "L59C4", "applications.concluded.nonprofit": "L59C5", "applications.concluded.legal_service": "L59C6", "applications.concluded.other": "L59C7", "applications.concluded.total": "L59C8", "applications.carried_out.natural_person": "L60C2", "applications.carried_out.business": "L60C3", "applications.carried_out.research": "L60C4", "applications.carried_out.nonprofit": "L60C5", "applications.carried_out.legal_service": "L60C6", "applications.carried_out.other": "L60C7", "applications.carried_out.total": "L60C8", "disputes.reconsideration.upheld": "L66C1", "disputes.reconsideration.corrected": "L66C2", "disputes.reconsideration.other": "L66C3", "disputes.reconsideration.pending": "L66C4", "disputes.reconsideration.total": "L66C5", "disputes.litigation_direct.upheld": "L66C6", "disputes.litigation_direct.corrected": "L66C7", "disputes.litigation_direct.other": "L66C8", "disputes.litigation_direct.pending": "L66C9", "disputes.litigation_direct.total": "L66C10", "disputes.litigation_after_reconsideration.upheld": "L66C11", "disputes.litigation_after_reconsideration.corrected": "L66C12", "disputes.litigation_after_reconsideration.other": "L66C13", "disputes.litigation_after_reconsideration.pending": "L66C14", "disputes.litigation_after_reconsideration.total": "L66C15"}','{}','[]');
INSERT INTO "reading" VALUES(2,'{"disclosure.regulations.issued": "L19C2", "disclosure.regulations.repealed": "L19C3", "disclosure.regulations.in_force": "L19C4", "disclosure.normative_documents.issued": "L20C2", "disclosure.normative_documents.repealed": "L20C3", "disclosure.normative_documents.in_force": "L20C4", "disclosure.licensing.decisions": "L23C2", "disclosure.penalties.decisions": "L26C2", "disclosure.coercive_measures.decisions": "L27C2", "disclosure.fees.amount": "L30C2", "applications.received.natural_person": "L36C2", "applications.received.business": "L36C3", "applications.received.research": "L36C4", "applications.received.nonprofit": "L36C5", "applications.received.legal_service": "L36C6", "applications.received.other": "L36C7", "applications.received.total": "L36C8", "applications.carried_in.natural_person": "L37C2", "applications.carried_in.business": "L37C3", "applications.carried_in.research": "L37C4", "applications.carried_in.nonprofit": "L37C5", "applications.carried_in.legal_service": "L37C6", "applications.carried_in.other": "L37C7", "applications.carried_in.total": "L37C8", "applications.granted.natural_person": "L38C3", "applications.granted.business": "L38C4", "applications.granted.research": "L38C5", "applications.granted.nonprofit": "L38C6", "applications.granted.legal_service": "L38C7", "applications.granted.other": "L38C8", "applications.granted.total": "L38C9", "applications.partially_granted.natural_person": "L39C2", "applications.partially_granted.business": "L39C3", "applications.partially_granted.research": "L39C4", "applications.partially_granted.nonprofit": "L39C5", "applications.partially_granted.legal_service": "L39C6", "applications.partially_granted.other": "L39C7", "applications.partially_granted.total": "L39C8", "applications.refused.state_secret.natural_person": "L40C3", "applications.refused.state_secret.business": "L40C4", "applications.refused.state_secret.research": "L40C5", "applications.refused.state_secret.nonprofit": "L40C6", "applications.refused.state_secret.legal_service": "L40C7", "applications.refused.state_secret.other": "L40C8", "applications.refused.state_secret.total": "L40C9", "applications.refused.prohibited_by_law.natural_person": "L41C2", "applications.refused.prohibited_by_law.business": "L41C3", "applications.refused.prohibited_by_law.research": "L41C4", "applications.refused.prohibited_by_law.nonprofit": "L41C5", "applications.refused.prohibited_by_law.legal_service": "L41C6", "applications.refused.prohibited_by_law.other": "L41C7", "applications.refused.prohibited_by_law.total": "L41C8", "applications.refused.security_and_stability.natural_person": "L42C2", "applications.refused.security_and_stability.business": "L42C3", "applications.refused.security_and_stability.research": "L42C4", "applications.refused.security_and_stability.nonprofit": "L42C5", "applications.refused.security_and_stability.legal_service": "L42C6", "applications.refused.security_and_stability.other": "L42C7", "applications.refused.security_and_stability.total": "L42C8", "applications.refused.third_party_rights.natural_person": "L43C2", "applications.refused.third_party_rights.business": "L43C3", "applications.refused.third_party_rights.research": "L43C4", "applications.refused.third_party_rights.nonprofit": "L43C5", "applications.refused.third_party_rights.legal_service": "L43C6", "applications.refused.third_party_rights.other": "L43C7", "applications.refused.third_party_rights.total": "L43C8", "applications.refused.internal_affairs.natural_person": "L44C2", "applications.refused.internal_affairs.business": "L44C3", "applications.refused.internal_affairs.research": "L44C4", "applications.refused.internal_affairs.nonprofit": "L44C5", "applications.refused.internal_affairs.legal_service": "L44C6", "applications.refused.internal_affairs.other": "L44C7", "applications.refused.internal_affairs.total": "L44C8", "applications.refused.deliberative_process.natural_person": "L45C2", "applications.refused.deliberative_process.business": "L45C3", "applications.refused.deliberative_process.research": "L45C4", "applications.refused.deliberative_process.nonprofit": "L45C5", "applications.refused.deliberative_process.legal_service": "L45C6", "applications.refused.deliberative_process.other": "L45C7", "applications.refused.deliberative_process.total": "L45C8", "applications.refused.enforcement_file.natural_person": "L46C2", "applications.refused.enforcement_file.business": "L46C3", "applications.refused.enforcement_file.research": "L46C4", "applications.refused.enforcement_file.nonprofit": "L46C5", "applications.refused.enforcement_file.legal_service": "L46C6", "applications.refused.enforcement_file.other": "L46C7", "applications.refused.enforcement_file.total": "L46C8", "applications.refused.administrative_inquiry.natural_person": "L47C2", "applications.refused.administrative_inquiry.business": "L47C3", "applications.refused.administrative_inquiry.research": "L47C4", "applications.refused.administrative_inquiry.nonprofit": "L47C5", "applications.refused.administrative_inquiry.legal_service": "L47C6", "applications.refused.administrative_inquiry.other": "L47C7", "applications.refused.administrative_inquiry.total": "L47C8", "applications.unavailable.not_held.natural_person": "L48C3", "applications.unavailable.not_held.business": "L48C4", "applications.unavailable.not_held.research": "L48C5", "applications.unavailable.not_held.nonprofit": "L48C6", "applications.unavailable.not_held.legal_service": "L48C7", "applications.unavailable.not_held.other": "L48C8", "applications.unavailable.not_held.total": "L48C9", "applications.unavailable.creation_required.natural_person": "L49C2", "applications.unavailable.creation_required.business": "L49C3", "applications.unavailable.creation_required.research": "L49C4", "applications.unavailable.creation_required.nonprofit": "L49C5", "applications.unavailable.creation_required.legal_service": "L49C6", "applications.unavailable.creation_required.other": "L49C7", "applications.unavailable.creation_required.total": "L49C8", "applications.unavailable.still_unclear.natural_person": "L50C2", "applications.unavailable.still_unclear.business": "L50C3", "applications.unavailable.still_unclear.research": "L50C4", "applications.unavailable.still_unclear.nonprofit": "L50C5", "applications.unavailable.still_unclear.legal_service": "L50C6", "applications.unavailable.still_unclear.other": "L50C7", "applications.unavailable.still_unclear.total": "L50C8", "applications.not_processed.petition.natural_person": "L51C3", "applications.not_processed.petition.business": "L51C4", "applications.not_processed.petition.research": "L51C5", "applications.not_processed.petition.nonprofit": "L51C6", "applications.not_processed.petition.legal_service": "L51C7", "applications.not_processed.petition.other": "L51C8", "applications.not_processed.petition.total": "L51C9", "applications.not_processed.duplicate.natural_person": "L52C2", "applications.not_processed.duplicate.business": "L52C3", "applications.not_processed.duplicate.research": "L52C4", "applications.not_processed.duplicate.nonprofit": "L52C5", "applications.not_processed.duplicate.legal_service": "L52C6", "applications.not_processed.duplicate.other": "L52C7", "applications.not_processed.duplicate.total": "L52C8", "applications.not_processed.published.natural_person": "L53C2", "applications.not_processed.published.business": "L53C3", "applications.not_processed.published.research": "L53C4", "applications.not_processed.published.nonprofit": "L53C5", "applications.not_processed.published.legal_service": "L53C6", "applications.not_processed.published.other": "L53C7", "applications.not_processed.published.total": "L53C8", "applications.not_processed.excessive.natural_person": "L54C2", "applications.not_processed.excessive.business": "L54C3", "applications.not_processed.excessive.research": "L54C4", "applications.not_processed.excessive.nonprofit": "L54C5", "applications.not_processed.excessive.legal_service": "L54C6", "applications.not_processed.excessive.other": "L54C7", "applications.not_processed.excessive.total": "L54C8", "applications.not_processed.reconfirmation.natural_person": "L55C2", "applications.not_processed.reconfirmation.business": "L55C3", "applications.not_processed.reconfirmation.research": "L55C4", "applications.not_processed.reconfirmation.nonprofit": "L55C5", "applications.not_processed.reconfirmation.legal_service": "L55C6", "applications.not_processed.reconfirmation.other": "L55C7", "applications.not_processed.reconfirmation.total": "L55C8", "applications.other.not_corrected_in_time.natural_person": "L56C3", "applications.other.not_corrected_in_time.business": "L56C4", "applications.other.not_corrected_in_time.research": "L56C5", "applications.other.not_corrected_in_time.nonprofit": "L56C6", "applications.other.not_corrected_in_time.legal_service": "L56C7", "applications.other.not_corrected_in_time.other": "L56C8", "applications.other.not_corrected_in_time.total": "L56C9", "applications.other.fee_not_paid_in_time.natural_person": "L57C2", "applications.other.fee_not_paid_in_time.business": "L57C3", "applications.other.fee_not_paid_in_time.research": "L57C4", "applications.other.fee_not_paid_in_time.nonprofit": "L57C5", "applications.other.fee_not_paid_in_time.legal_service": "L57C6", "applications.other.fee_not_paid_in_time.other": "L57C7", "applications.other.fee_not_paid_in_time.total": "L57C8", "applications.other.other.natural_person": "L58C2", "applications.other.other.business": "L58C3", "applications.other.other.research": "L58C4", "applications.other.other.nonprofit": "L58C5", "applications.other.other.legal_service": "L58C6", "applications.other.other.other": "L58C7", "applications.other.other.total": "L58C8", "applications.concluded.natural_person": "L59C2", "applications.concluded.business": "L59C3", "applications.concluded.research": "L59C4", "applications.concluded.nonprofit": "L59C5", "applications.concluded.legal_service": "L59C6", "applications.concluded.other": "L59C7", "applications.concluded.total": "L59C8", "applications.carried_out.natural_person": "L60C2", "applications.carried_out.business": "L60C3", "applications.carried_out.research": "L60C4", "applications.carried_out.nonprofit": "L60C5", "applications.carried_out.legal_service": "L60C6", "applications.carried_out.other": "L60C7", "applications.carried_out.total": "L60C8", "disputes.reconsideration.upheld": "L66C1", "disputes.reconsideration.corrected": "L66C2", "disputes.reconsideration.other": "L66C3", "disputes.reconsideration.pending": "L66C4", "disputes.reconsideration.total": "L66C5", "disputes.litigation_direct.upheld": "L66C6", "disputes.litigation_direct.corrected": "L66C7", "disputes.litigation_direct.other": "L66C8", "disputes.litigation_direct.pending": "L66C9", "disputes.litigation_direct.total": "L66C10", "disputes.litigation_after_reconsideration.upheld": "L66C11", "disputes.litigation_after_reconsideration.corrected": "L66C12", "disputes.litigation_after_reconsideration.other": "L66C13", "disputes.litigation_after_reconsideration.pending": "L66C14", "disputes.litigation_after_reconsideration.total": "L66C15"}','{}','[]');
CREATE TABLE report (
	id INTEGER NOT NULL, 
	document_id VARCHAR NOT NULL, 
	title VARCHAR, 
	authority VARCHAR, 
	authority_key VARCHAR, 
	level VARCHAR, 
	year INTEGER, 
	period_start DATE, 
	period_end DATE, 
	edition VARCHAR NOT NULL, 
	script VARCHAR NOT NULL, 
	format VARCHAR NOT NULL, 
	encoding VARCHAR NOT NULL, 
	verdict VARCHAR NOT NULL, 
	errors INTEGER NOT NULL, 
	warnings INTEGER NOT NULL, 
	current BOOLEAN NOT NULL, 
	last_modified DATETIME NOT NULL, 
	stored_at DATETIME NOT NULL, 
	version VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (document_id)
);
INSERT INTO "report" VALUES(1,'ab47425a5c7248d432ebd3cb287ee94aeee3f68922f22b46cc1cf8ccb8fdf378','青石县柳林镇人民政府2023年政府信息公开工作年度报告','青石县柳林镇人民政府','青石县柳林镇','township',2023,'2023-01-01','2023-12-31','2021','simplified','text','utf-8','clean',0,0,1,'2026-01-05 08:00:00.000000','2026-01-05 08:00:10.000000','0.1.0','902f8094581937171c2d48b3458a429785a541c4e9448625bb3a77b2d2eac3e3');
INSERT INTO "report" VALUES(2,'96a581a36e7ea5dda7844f60e1ef4a2d722e4ca289fd7a6b7a8a8406366bb561','望海区卫生健康委员会2024年政府信息公开工作年度报告','望海区卫生健康委员会','望海区/卫生健康委员会',NULL,2024,'2024-01-01','2024-12-31','2021','simplified','text','utf-8','inconsistent',3,0,1,'2026-01-05 08:00:00.000000','2026-01-05 08:00:10.000000','0.1.0','ee866c7e1c285696a8719f299becfcd0f6ca3da732335791904b5864370cdb02');
CREATE TABLE section (
	report_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	heading VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (report_id, position), 
	FOREIGN KEY(report_id) REFERENCES report (id) ON DELETE CASCADE
);
INSERT INTO "section" VALUES(1,1,1,'一、总体情况','根据《中华人民共和国政府信息公开条例》的要求，青石县柳林镇人民政府编制2023年度报告。本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。
（五）监督保障。组织业务培训2场，参训86人次；未发生责任追究情形。
（四）平台建设。对专栏作了3次调整，增设检索入口1个，栏目总计26个。
（一）主动公开。全年在门户网站发布信息323条，其中工作动态123条，公示公告52条。');
INSERT INTO "section" VALUES(1,2,2,'二、主动公开政府信息情况','本机关主动公开的各类信息以门户网站为第一平台。');
INSERT INTO "section" VALUES(1,3,3,'三、收到和处理政府信息公开申请情况','');
INSERT INTO "section" VALUES(1,4,4,'四、政府信息公开行政复议、行政诉讼情况','');
INSERT INTO "section" VALUES(1,5,5,'五、存在的主要问题及改进情况','三是基层队伍不稳定，经办人员一年内调整了4次，业务衔接有待加强。
一是公开内容的时效还不够，个别栏目更新间隔超过30天。');
INSERT INTO "section" VALUES(1,6,6,'六、其他需要报告的事项','无其他需要报告的事项。');
INSERT INTO "section" VALUES(2,1,1,'一、总体情况','根据《中华人民共和国政府信息公开条例》的要求，望海区卫生健康委员会编制2024年度报告。本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。
（五）监督保障。组织业务培训2场，参训86人次；未发生责任追究情形。
（三）政府信息管理。完善发布前的保密审查，行政许可、行政处罚等事项随办随公开，规章和行政规范性文件集中展示。
（二）依申请公开。2024年共新收政府信息公开申请11件，全部按期答复。');
INSERT INTO "section" VALUES(2,2,2,'二、主动公开政府信息情况','本机关主动公开的各类信息以门户网站为第一平台。');
INSERT INTO "section" VALUES(2,3,3,'三、收到和处理政府信息公开申请情况','');
INSERT INTO "section" VALUES(2,4,4,'四、政府信息公开行政复议、行政诉讼情况','');
INSERT INTO "section" VALUES(2,5,5,'五、存在的主要问题及改进情况','二是解读形式单一，图解类产品仅占全部解读的12%。
下一步，将把公开工作纳入年度考核，每季度至少开展1次自查。');
INSERT INTO "section" VALUES(2,6,6,'六、其他需要报告的事项','本机关2024年度未收取信息处理费。');
CREATE INDEX report_neighbours ON report (authority_key, year);
CREATE INDEX report_year ON report (year);
CREATE INDEX ix_object_document_id ON object (document_id);
CREATE INDEX ix_finding_rule ON finding (rule);
CREATE INDEX ix_finding_report_id ON finding (report_id);
COMMIT;
