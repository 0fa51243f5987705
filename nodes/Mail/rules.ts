import type { MessageRule } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { ParameterError } from '../kit/field';

/** Exchange has rules for the Inbox alone. */
export const messageRules = (mailbox: GraphPath): GraphPath =>
	path`${mailbox}/mailFolders/inbox/messageRules`;

/** A rule as an object that has the same keys for every rule; its parts are Graph's. */
export function simplifyRule(rule: MessageRule): IDataObject {
	return {
		id: rule.id ?? '',
		name: rule.displayName ?? '',
		sequence: rule.sequence ?? 0,
		isEnabled: rule.isEnabled ?? false,
		hasError: rule.hasError ?? false,
		isReadOnly: rule.isReadOnly ?? false,
		conditions: asObject(rule.conditions),
		exceptions: asObject(rule.exceptions),
		actions: asObject(rule.actions),
	};
}

const asObject = (part: object | null | undefined): IDataObject => ({ ...part });

/** The rules in the order in which Exchange applies them. */
export async function listRules(graph: GraphClient, mailbox: GraphPath): Promise<MessageRule[]> {
	const rules: MessageRule[] = [];
	const request = { method: 'GET', path: messageRules(mailbox) } as const;
	for await (const page of graph.pages<MessageRule>(request, { pageSize: 100 })) {
		rules.push(...page);
	}
	return rules.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
}

/** @throws {ParameterError} for a name that no rule has, or several */
export async function findRule(
	graph: GraphClient,
	mailbox: GraphPath,
	name: string,
	label: string,
): Promise<string> {
	const rules = await listRules(graph, mailbox);
	const [found, ...others] = rules.filter(
		({ displayName }) => displayName?.toLowerCase() === name.toLowerCase(),
	);
	if (others.length > 0) {
		throw new ParameterError(
			label,
			`${others.length + 1} rules have the name "${name}"`,
			'Choose one from the list, or by its ID.',
		);
	}
	if (found?.id !== undefined) return found.id;
	const known = rules.map(({ displayName }) => displayName ?? '').slice(0, 20);
	throw new ParameterError(
		label,
		`the Inbox has no rule "${name}"`,
		known.length > 0 ? `It has: ${known.join(', ')}.` : 'Create it with Rule > Create.',
	);
}
