import { badRequest } from '../refused';
import { isComparison, type Expression } from './expression';

type TokenKind = 'string' | 'date' | 'guid' | 'number' | 'word' | 'symbol' | 'end';

interface Token {
	readonly kind: TokenKind;
	readonly text: string;
	readonly at: number;
}

const patterns: ReadonlyArray<readonly [TokenKind, RegExp]> = [
	['string', /'(?:[^']|'')*'/y],
	['date', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?/y],
	['guid', /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/iy],
	['number', /-?\d+(?:\.\d+)?/y],
	['word', /[A-Za-z_@$][\w.]*/y],
	['symbol', /[(),/:]/y],
];

const functionNames = new Set([
	'startswith',
	'endswith',
	'contains',
	'tolower',
	'toupper',
	'trim',
	'length',
	'concat',
	'year',
	'month',
	'day',
	'date',
	'now',
]);

/** @throws {RefusedError} Graph's 400 for a `$filter` that can't be parsed. */
export function parseFilter(text: string): Expression {
	return new FilterParser(text).parse();
}

class FilterParser {
	readonly #tokens: readonly Token[];
	#next = 0;

	constructor(readonly text: string) {
		this.#tokens = this.#tokenize();
	}

	parse(): Expression {
		const expression = this.#or();
		if (this.#peek().kind !== 'end') throw this.#unexpected();
		return expression;
	}

	#tokenize(): Token[] {
		const tokens: Token[] = [];
		let at = 0;
		while (at < this.text.length) {
			if (/\s/.test(this.text.charAt(at))) {
				at += 1;
				continue;
			}
			const token = patterns
				.map(([kind, pattern]) => {
					pattern.lastIndex = at;
					const found = pattern.exec(this.text)?.[0];
					return found === undefined ? undefined : { kind, text: found, at };
				})
				.find((each) => each !== undefined);
			if (token === undefined) throw this.#syntaxError(at);
			tokens.push(token);
			at += token.text.length;
		}
		tokens.push({ kind: 'end', text: '', at });
		return tokens;
	}

	#or(): Expression {
		let left = this.#and();
		while (this.#takeWord('or')) left = { kind: 'logic', operator: 'or', left, right: this.#and() };
		return left;
	}

	#and(): Expression {
		let left = this.#not();
		while (this.#takeWord('and')) {
			left = { kind: 'logic', operator: 'and', left, right: this.#not() };
		}
		return left;
	}

	#not(): Expression {
		return this.#takeWord('not') ? { kind: 'not', operand: this.#not() } : this.#comparison();
	}

	#comparison(): Expression {
		const left = this.#operand();
		const { kind, text } = this.#peek();
		if (kind === 'word' && isComparison(text)) {
			this.#next += 1;
			return { kind: 'compare', operator: text, left, right: this.#operand() };
		}
		if (this.#takeWord('in')) {
			this.#need('(');
			return { kind: 'in', operand: left, list: this.#list() };
		}
		return left;
	}

	#operand(): Expression {
		const token = this.#peek();
		this.#next += 1;
		switch (token.kind) {
			case 'string': {
				const value = token.text.slice(1, -1).replaceAll("''", "'");
				return { kind: 'literal', type: 'string', value };
			}
			case 'number':
				return { kind: 'literal', type: 'number', value: Number(token.text) };
			case 'date':
			case 'guid':
				return { kind: 'literal', type: token.kind, value: token.text };
			case 'word':
				return this.#word(token.text);
			case 'symbol':
			case 'end':
				break;
		}
		if (token.text !== '(') throw this.#syntaxError(token.at);
		const inner = this.#or();
		this.#need(')');
		return inner;
	}

	#word(word: string): Expression {
		if (word === 'true' || word === 'false') {
			return { kind: 'literal', type: 'boolean', value: word === 'true' };
		}
		if (word === 'null') return { kind: 'literal', type: 'null', value: null };
		if (functionNames.has(word.toLowerCase()) && this.#take('(')) {
			return { kind: 'call', name: word.toLowerCase(), arguments: this.#list() };
		}
		const segments = [word];
		while (this.#take('/')) {
			const { kind, text } = this.#peek();
			if (kind !== 'word') throw this.#unexpected();
			this.#next += 1;
			if (/^(any|all)$/i.test(text) && this.#take('(')) {
				return this.#lambda(segments, text.toLowerCase() === 'any' ? 'any' : 'all');
			}
			segments.push(text);
		}
		return { kind: 'path', segments };
	}

	#lambda(collection: readonly string[], quantifier: 'any' | 'all'): Expression {
		if (this.#take(')')) return { kind: 'lambda', quantifier, collection, variable: '' };
		const { kind, text: variable } = this.#peek();
		if (kind !== 'word') throw this.#unexpected();
		this.#next += 1;
		this.#need(':');
		const body = this.#or();
		this.#need(')');
		return { kind: 'lambda', quantifier, collection, variable, body };
	}

	/** After the opening bracket, up to and with the closing one. */
	#list(): Expression[] {
		const list: Expression[] = [];
		if (this.#take(')')) return list;
		do list.push(this.#or());
		while (this.#take(','));
		this.#need(')');
		return list;
	}

	#peek(): Token {
		return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: this.text.length };
	}

	#take(symbol: string): boolean {
		const token = this.#peek();
		if (token.kind !== 'symbol' || token.text !== symbol) return false;
		this.#next += 1;
		return true;
	}

	#takeWord(word: string): boolean {
		const token = this.#peek();
		if (token.kind !== 'word' || token.text !== word) return false;
		this.#next += 1;
		return true;
	}

	#need(symbol: string): void {
		if (!this.#take(symbol)) throw this.#unexpected();
	}

	#unexpected(): Error {
		return this.#syntaxError(this.#peek().at);
	}

	#syntaxError(at: number): Error {
		return badRequest(`Syntax error at position ${at} in '${this.text}'.`);
	}
}
