import { QwcHotReloadElement, html } from 'qwc-hot-reload-element';
import { columnBodyRenderer, gridRowDetailsRenderer } from '@vaadin/grid/lit.js';
import { JsonRpc } from 'jsonrpc';
import { notifier } from 'notifier';
import { connectionState } from 'connection-state';
import { store } from 'build-time-data';
import { pageStyles, sessionStyles } from './imsession-styles.js';
import { ago, date, message, size, until } from './imsession-text.js';
import '@vaadin/button';
import '@vaadin/checkbox';
import '@vaadin/confirm-dialog';
import '@vaadin/grid';
import '@vaadin/icon';
import '@vaadin/progress-bar';
import '@vaadin/text-field';

const PAGE_SIZE = 50;
const INTERVAL_MS = 2000;
/** A slow store is asked less often: at most a fifth of the time is spent waiting for it. */
const IDLE_SHARE = 4;
const TYPING_MS = 300;

/** The page of sessions, which refreshes itself. */
export class QwcImsessionSessions extends QwcHotReloadElement {

    // Left out of the log of the Dev UI, which it would fill.
    jsonRpc = new JsonRpc(this, false);

    static styles = [pageStyles, sessionStyles];

    static properties = {
        _list: { state: true },
        _details: { state: true },
        _opened: { state: true },
        _offset: { state: true },
        _search: { state: true },
        _live: { state: true },
        _error: { state: true },
        _confirming: { state: true }
    };

    constructor() {
        super();
        this._list = null;
        this._details = {};
        this._opened = [];
        this._offset = 0;
        this._search = '';
        this._live = true;
        this._error = null;
        this._confirming = false;
        /** Each refresh has a number: an answer to an older one is ignored. */
        this._turn = 0;
    }

    connectedCallback() {
        super.connectedCallback();
        this._onVisible = () => document.visibilityState === 'visible' && this._live && this._refresh();
        document.addEventListener('visibilitychange', this._onVisible);
        this._refresh();
    }

    disconnectedCallback() {
        document.removeEventListener('visibilitychange', this._onVisible);
        clearTimeout(this._timer);
        this._turn++;
        super.disconnectedCallback();
    }

    hotReload() {
        this._refresh();
    }

    async _refresh() {
        clearTimeout(this._timer);
        const turn = ++this._turn;
        const begin = performance.now();
        try {
            const list = (await this.jsonRpc.list({ search: this._search, offset: this._offset, size: PAGE_SIZE })).result;
            if (turn !== this._turn) {
                return;
            }
            if (list.sessions.length === 0 && this._offset > 0) {
                // This page of the list no longer exists, as its sessions have ended.
                this._turnTo(Math.floor((list.total - 1) / PAGE_SIZE) * PAGE_SIZE);
                return;
            }
            const shown = new Set(list.sessions.map(session => session.id));
            const opened = this._opened.filter(session => shown.has(session.id));
            const details = {};
            for (const session of opened) {
                details[session.id] = (await this.jsonRpc.get({ id: session.id })).result ?? null;
            }
            if (turn !== this._turn) {
                return;
            }
            this._list = list;
            this._opened = list.sessions.filter(session => opened.some(other => other.id === session.id));
            this._details = details;
            this._error = null;
        } catch (failure) {
            if (turn !== this._turn) {
                return;
            }
            this._error = message(failure);
        }
        if (this._live) {
            const pause = Math.max(INTERVAL_MS, IDLE_SHARE * (performance.now() - begin));
            this._timer = setTimeout(() => this._poll(), pause);
        }
    }

    /** Continues when the page is visible again, or the application runs again. */
    _poll() {
        if (document.visibilityState === 'visible' && connectionState.current.isConnected) {
            this._refresh();
        }
    }

    render() {
        if (this._list === null && this._error === null) {
            return html`<vaadin-progress-bar indeterminate></vaadin-progress-bar>`;
        }
        const list = this._list ?? { sessions: [], total: 0, complete: true, listable: true };
        return html`
            ${this._renderBar(list)}
            ${this._error === null ? '' : html`<div class="message error">${this._error}</div>`}
            ${list.listable ? '' : html`<div class="message">The application has a session store of its own that does not
                list sessions: let it implement <code>IndexedSessionStore</code>. A session can be looked up by its whole id,
                and ended.</div>`}
            ${this._renderGrid(list)}
            ${this._renderFooter(list)}
            ${this._renderDialog(list)}`;
    }

    _renderBar(list) {
        return html`
            <div class="bar">
                <vaadin-text-field class="search" clear-button-visible .value="${this._search}"
                        placeholder="${list.listable ? 'Search id, data, client, or a reference such as user_id=7' : 'Id of a session'}"
                        @value-changed="${this._searchChanged}">
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:magnifying-glass"></vaadin-icon>
                </vaadin-text-field>
                <vaadin-checkbox label="Live" .checked="${this._live}" @checked-changed="${this._liveChanged}"></vaadin-checkbox>
                <span class="space"></span>
                <vaadin-button theme="error" ?disabled="${!list.listable || (list.total === 0 && this._search === '')}"
                        @click="${() => this._confirming = true}">
                    <vaadin-icon slot="prefix" icon="font-awesome-solid:trash"></vaadin-icon>
                    End all
                </vaadin-button>
            </div>`;
    }

    _renderGrid(list) {
        return html`
            <vaadin-grid .items="${list.sessions}" item-id-path="id" theme="row-stripes no-border"
                    .detailsOpenedItems="${this._opened}" @active-item-changed="${this._activated}"
                    ${gridRowDetailsRenderer(session => this._renderDetails(session), [this._details])}>
                <vaadin-grid-column header="Session" width="250px" flex-grow="0" resizable
                    ${columnBodyRenderer(session => html`<code>${session.id}</code>`, [])}></vaadin-grid-column>
                <vaadin-grid-column header="References" resizable
                    ${columnBodyRenderer(session => this._renderReferences(session), [])}></vaadin-grid-column>
                <vaadin-grid-column header="Client" resizable
                    ${columnBodyRenderer(session => html`<span title="${session.client}">${session.client}</span>`, [])}
                    ></vaadin-grid-column>
                <vaadin-grid-column header="Created" width="120px" flex-grow="0" resizable
                    ${columnBodyRenderer(session => html`<span title="${date(session.created)}">${ago(session.created)}</span>`, [])}
                    ></vaadin-grid-column>
                <vaadin-grid-column header="Expires" width="120px" flex-grow="0" resizable
                    ${columnBodyRenderer(session => html`<span title="${date(session.expires)}">${until(session.expires)}</span>`, [])}
                    ></vaadin-grid-column>
                <vaadin-grid-column header="Data" width="150px" flex-grow="0" resizable
                    ${columnBodyRenderer(session => size(session), [])}></vaadin-grid-column>
                <vaadin-grid-column width="100px" flex-grow="0"
                    ${columnBodyRenderer(session => this._renderEnd(session), [])}></vaadin-grid-column>
                <span slot="empty-state">${this._search === '' ? 'No session' : 'No session found'}</span>
            </vaadin-grid>`;
    }

    _renderReferences(session) {
        return session.references.map(({ field, value }) => html`
            <button class="reference" title="Find all sessions with this value"
                @click="${event => this._searchFor(event, `${field}=${value}`)}">${field}=${value}</button>`);
    }

    _renderEnd(session) {
        return html`
            <vaadin-button theme="small error" @click="${event => this._end(event, session)}"
                aria-label="End session ${session.id}">End</vaadin-button>`;
    }

    _renderDetails(session) {
        const details = this._details[session.id];
        if (details === undefined) {
            return html`<div class="details"><vaadin-progress-bar indeterminate></vaadin-progress-bar></div>`;
        }
        if (details === null) {
            return html`<div class="details">This session has ended.</div>`;
        }
        return html`<div class="details">
                <div class="facts">
                    Created ${date(session.created)} ·
                    ${session.renewed ? html`token renewed ${date(session.renewed)} ·` : ''}
                    expires ${date(session.expires)}
                    ${session.client === '' ? '' : html`· ${session.client}`}
                    ${details.roles.length === 0 ? '' : html`· roles <code>${details.roles.join(', ')}</code>`}
                    ${details.where === '' ? '' : html`· <code>${details.where}</code>`}
                </div>
                <pre>${details.data}</pre>
            </div>`;
    }

    _renderFooter(list) {
        const from = list.total === 0 ? 0 : this._offset + 1;
        const to = this._offset + list.sessions.length;
        return html`
            <div class="footer">
                <span>Store: ${store}</span>
                <span class="space"></span>
                ${list.complete ? '' : html`<span>More than 10,000 sessions: others are found by id or reference.</span>`}
                <span>${from.toLocaleString('en')}–${to.toLocaleString('en')} of ${list.total.toLocaleString('en')}</span>
                <vaadin-button theme="icon small tertiary" aria-label="Newer sessions" ?disabled="${this._offset === 0}"
                        @click="${() => this._turnTo(this._offset - PAGE_SIZE)}">
                    <vaadin-icon icon="font-awesome-solid:chevron-left"></vaadin-icon>
                </vaadin-button>
                <vaadin-button theme="icon small tertiary" aria-label="Older sessions" ?disabled="${to >= list.total}"
                        @click="${() => this._turnTo(this._offset + PAGE_SIZE)}">
                    <vaadin-icon icon="font-awesome-solid:chevron-right"></vaadin-icon>
                </vaadin-button>
            </div>`;
    }

    _renderDialog(list) {
        return html`
            <vaadin-confirm-dialog header="End all sessions?" cancel-button-visible confirm-text="End all"
                    confirm-theme="error primary" .opened="${this._confirming}"
                    @opened-changed="${event => this._confirming = event.detail.value}" @confirm="${this._endAll}">
                Every session in the store ends, ${this._search === '' ? `${list.complete ? list.total : 'more than ' + list.total} now`
                    : 'also those that the search does not show'}. All users are logged out.
            </vaadin-confirm-dialog>`;
    }

    _searchFor(event, text) {
        event.stopPropagation();
        this._search = text;
        this._turnTo(0);
    }

    _searchChanged(event) {
        if (event.detail.value !== this._search) {
            this._search = event.detail.value;
            clearTimeout(this._timer);
            this._timer = setTimeout(() => this._turnTo(0), TYPING_MS);
        }
    }

    _liveChanged(event) {
        if (event.detail.value !== this._live) {
            this._live = event.detail.value;
            this._refresh();
        }
    }

    _turnTo(offset) {
        this._offset = Math.max(0, offset);
        this._refresh();
    }

    /** Opens a row, or closes it. */
    _activated(event) {
        const session = event.detail.value;
        if (session) {
            const isOpen = this._opened.some(other => other.id === session.id);
            this._opened = isOpen ? this._opened.filter(other => other.id !== session.id) : [...this._opened, session];
            // Otherwise a second click on the row would have no effect.
            event.target.activeItem = null;
            this._refresh();
        }
    }

    _end(event, session) {
        event.stopPropagation();
        this._act(() => this.jsonRpc.destroy({ id: session.id }),
            ended => ended ? `Ended session ${session.id}` : `Session ${session.id} had ended already`);
    }

    _endAll() {
        this._act(() => this.jsonRpc.destroyEverySession(), ended => `Ended ${ended} session${ended === 1 ? '' : 's'}`);
    }

    async _act(call, tell) {
        try {
            notifier.showInfoMessage(tell((await call()).result));
        } catch (failure) {
            notifier.showErrorMessage(message(failure));
        }
        this._refresh();
    }
}

customElements.define('qwc-imsession-sessions', QwcImsessionSessions);
