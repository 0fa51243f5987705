import { attachmentView, createAttachment, findAttachment } from '../../mail/attachments';
import type { StoredAttachment } from '../../mail/types';
import type { AttachmentItem } from '../../mail/uploadSessions';
import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import type { Entity } from '../../odata/evaluate';
import type { GraphCall, Route } from '../../server/call';
import type { CalendarService } from '../service';
import { type EventBase, type FoundEvent, eventAt, eventBases } from './bases';

const attachmentRules: CollectionRules = { defaultPage: 10, largestPage: 250 };

/** As those of messages; files of 3 MB or more take an upload session. */
export function attachmentRoutes(hall: CalendarService): Route[] {
	return eventBases.flatMap((base) => routesAt(hall, base));
}

function routesAt(hall: CalendarService, base: EventBase): Route[] {
	const path = `${base.path}/events/*/attachments`;
	const viewIn =
		({ box, ref }: FoundEvent) =>
		(attachment: StoredAttachment): Entity =>
			attachmentView(box, ref.event, attachment, 'folderBound');
	const attachmentOf = (call: GraphCall, { box, ref }: FoundEvent): StoredAttachment =>
		findAttachment(box, ref.event, call.keys.at(-1) ?? '');
	return [
		{
			method: 'GET',
			path,
			access: base.read,
			handle: (call) => {
				const found = eventAt(hall, call, base);
				const source = { items: found.ref.event.attachments, view: viewIn(found) };
				return { status: 200, json: answerCollection(call, source, attachmentRules) };
			},
		},
		{
			method: 'POST',
			path,
			access: base.write,
			handle: (call) => {
				const found = eventAt(hall, call, base);
				const { box, ref } = found;
				const attachment = createAttachment(box, call.body as Record<string, unknown>);
				ref.event.attachments.push(attachment);
				box.touchMessage(ref.event);
				return { status: 201, json: viewIn(found)(attachment) };
			},
		},
		{
			method: 'POST',
			path: `${path}/createUploadSession`,
			access: base.write,
			handle: (call) => {
				const { box, ref } = eventAt(hall, call, base);
				const [item] = Object.values(call.body as Record<string, AttachmentItem>);
				const { uploads, uploadOrigin } = hall.mail;
				return {
					status: 201,
					json: uploads.create(uploadOrigin, box, ref.event, item as AttachmentItem),
				};
			},
		},
		{
			method: 'GET',
			path: `${path}/*`,
			access: base.read,
			handle: (call) => {
				const found = eventAt(hall, call, base);
				const view = viewIn(found)(attachmentOf(call, found));
				return { status: 200, json: selectFrom(view, call.target.query) };
			},
		},
		{
			method: 'GET',
			path: `${path}/*/$value`,
			access: base.read,
			handle: (call) => {
				const { bytes, contentType } = attachmentOf(call, eventAt(hall, call, base));
				return { status: 200, headers: { 'Content-Type': contentType ?? 'text/plain' }, bytes };
			},
		},
		{
			method: 'DELETE',
			path: `${path}/*`,
			access: base.write,
			handle: (call) => {
				const found = eventAt(hall, call, base);
				const attachment = attachmentOf(call, found);
				const { event } = found.ref;
				event.attachments = event.attachments.filter((each) => each !== attachment);
				found.box.touchMessage(event);
				return { status: 204 };
			},
		},
	];
}
