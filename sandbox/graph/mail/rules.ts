import { asList, bodyText } from './draft';
import type { Mailbox } from './mailbox';
import type { StoredMessage, StoredRule } from './types';

type Part = Readonly<Record<string, unknown>>;

/** Runs the inbox rules on a message that just arrived: the conditions and actions most in use. */
export function applyRules(mailbox: Mailbox, message: StoredMessage): void {
	const rules = mailbox.rules
		.filter((rule) => rule.isEnabled !== false)
		.sort((left, right) => Number(left.sequence) - Number(right.sequence));
	for (const rule of rules) {
		if (!holds(rule, message)) continue;
		const actions = (rule.actions ?? {}) as Part;
		if (actions.markAsRead === true) message.isRead = true;
		if (typeof actions.markImportance === 'string') message.importance = actions.markImportance;
		message.categories = [...message.categories, ...asList<string>(actions.assignCategories)];
		if (actions.permanentDelete === true) mailbox.removeMessage(message);
		else if (actions.delete === true) mailbox.moveMessage(message, mailbox.folder('deleteditems'));
		else if (typeof actions.moveToFolder === 'string') {
			mailbox.moveMessage(message, mailbox.folder(actions.moveToFolder));
		}
		if (actions.stopProcessingRules === true || !mailbox.messages.has(message.serial)) return;
	}
}

function holds(rule: StoredRule, message: StoredMessage): boolean {
	const conditions = (rule.conditions ?? {}) as Part;
	const sender = message.from?.emailAddress;
	const senderText = `${sender?.name ?? ''} ${sender?.address ?? ''}`;
	const texts: Readonly<Record<string, string>> = {
		subjectContains: message.subject,
		bodyContains: bodyText(message.body),
		bodyOrSubjectContains: `${message.subject} ${bodyText(message.body)}`,
		senderContains: senderText,
	};
	return Object.entries(conditions).every(([name, wanted]) => {
		const text = texts[name];
		if (text !== undefined) {
			return asList<string>(wanted).some((word) => text.toLowerCase().includes(word.toLowerCase()));
		}
		if (name === 'hasAttachments') return wanted === message.attachments.length > 0;
		if (name === 'importance') return wanted === message.importance;
		if (name === 'fromAddresses') {
			return asList<{ emailAddress: { address: string } }>(wanted).some(
				({ emailAddress }) => emailAddress.address.toLowerCase() === sender?.address.toLowerCase(),
			);
		}
		return false;
	});
}
