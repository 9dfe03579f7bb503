import { QwcHotReloadElement, html, css } from 'qwc-hot-reload-element';
import { columnBodyRenderer } from '@vaadin/grid/lit.js';
import { JsonRpc } from 'jsonrpc';
import { resolvers, store } from 'build-time-data';
import { pageStyles } from './imsession-styles.js';
import { message } from './imsession-text.js';
import '@vaadin/grid';
import '@vaadin/progress-bar';

/** The page of effective settings. */
export class QwcImsessionSettings extends QwcHotReloadElement {

    jsonRpc = new JsonRpc(this);

    static styles = [pageStyles, css`
        .prefix {
            color: var(--lumo-secondary-text-color);
        }
    `];

    static properties = {
        _settings: { state: true },
        _error: { state: true }
    };

    constructor() {
        super();
        this._settings = null;
        this._error = null;
    }

    connectedCallback() {
        super.connectedCallback();
        this.hotReload();
    }

    async hotReload() {
        try {
            const settings = (await this.jsonRpc.settings()).result;
            this._settings = [{ name: 'store', value: store }, { name: 'resolvers', value: resolvers }, ...settings];
            this._error = null;
        } catch (failure) {
            this._error = message(failure);
        }
    }

    render() {
        if (this._error !== null) {
            return html`<div class="message error">${this._error}</div>`;
        }
        if (this._settings === null) {
            return html`<vaadin-progress-bar indeterminate></vaadin-progress-bar>`;
        }
        return html`
            <vaadin-grid .items="${this._settings}" theme="row-stripes no-border compact">
                <vaadin-grid-column header="Property" width="440px" flex-grow="0" resizable
                    ${columnBodyRenderer(setting =>
                        html`<code><span class="prefix">quarkus.imsession.</span>${setting.name}</code>`, [])}></vaadin-grid-column>
                <vaadin-grid-column header="In force" resizable
                    ${columnBodyRenderer(setting => html`<code>${setting.value}</code>`, [])}></vaadin-grid-column>
            </vaadin-grid>`;
    }
}

customElements.define('qwc-imsession-settings', QwcImsessionSettings);
