const { default: Sequencer } = require('@jest/test-sequencer');

/** The last file looks at what all others have sent, so their order matters. */
module.exports = class Alphabetically extends Sequencer {
	sort(tests) {
		return [...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
	}
};
