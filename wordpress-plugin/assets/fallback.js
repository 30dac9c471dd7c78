/**
 * Shows the original images at once if the proxy fails while somebody is looking, and tells the
 * site to look after it. Loaded with "async", so it also catches up on what failed before it came.
 *
 * Every URL of the proxy tells which image it is made from; nothing else has to be known.
 */
( function () {
	'use strict';

	var tag = document.currentScript;
	if ( ! tag || ! tag.dataset.endpoint ) {
		return;
	}
	/** Milliseconds after which a proxy that delivered nothing counts as slow. */
	var PATIENCE = 4000;
	var base = tag.dataset.endpoint.replace( /\/+$/, '' ) + '/';
	var safe = base.replace( /[.*+?^${}()|[\]\\]/g, '\\$&' );
	var ours = new RegExp( safe + '[\\w.~:/%!$*+=#-]+', 'g' );
	var extra = new RegExp( ', ' + safe + '[^\\s,]+#extra \\d+w', 'g' );
	var failed = 0;
	var reported = false;

	/** The image that a URL of the proxy is made from, as the page would name it without the proxy. */
	function original( url ) {
		var parts = url.slice( base.length ).split( '#' );
		var found = /^[\w-]{22,43}(?:\/[a-z]+:[^/]*)*\/(plain\/)?(.+)$/.exec( parts[ 0 ] );
		try {
			var source = found[ 1 ] ? decodeURIComponent( found[ 2 ] ) : base64( found[ 2 ] );
			return written( source, parts[ 1 ] || '' );
		} catch ( error ) {
			return url;
		}
	}

	function base64( text ) {
		var bytes = atob( text.replace( /-/g, '+' ).replace( /_/g, '/' ) );
		return decodeURIComponent( Array.prototype.map.call( bytes, function ( byte ) {
			return '%' + ( '0' + byte.charCodeAt( 0 ).toString( 16 ) ).slice( -2 );
		} ).join( '' ) );
	}

	/** A fragment says how the page named the file, or which file beside the source it was. */
	function written( source, fragment ) {
		if ( fragment.charAt( 0 ) === '=' ) {
			return decodeURIComponent( fragment.slice( 1 ) );
		}
		if ( ! fragment || fragment === 'extra' ) {
			return source;
		}
		return source.replace( /[^/?]*(\?.*)?$/, '' ) + fragment.replace( /^.*\//, '' );
	}

	function back( text ) {
		return text.indexOf( base ) < 0 ? text : text.replace( extra, '' ).replace( ours, original );
	}

	/** What does not change is not written: the same "src" once more would be another request. */
	function restore( element ) {
		if ( element === tag || element.localName === 'script' || element.rel === 'preconnect' || element.rel === 'dns-prefetch' ) {
			return;
		}
		Array.prototype.forEach.call( element.attributes, function ( attribute ) {
			var text = back( attribute.value );
			if ( text !== attribute.value ) {
				element.setAttribute( attribute.name, text );
			}
		} );
		var css = element.localName === 'style' ? element.textContent : '';
		if ( back( css ) !== css ) {
			element.textContent = back( css );
		}
	}

	function restoreAll( kind ) {
		Array.prototype.forEach.call( document.querySelectorAll( '*' ), restore );
		if ( reported ) {
			return;
		}
		reported = true;
		fetch( tag.dataset.report, { method: 'POST', credentials: 'omit', keepalive: true, body: new URLSearchParams( { kind: kind } ) } ).catch( function () {} );
	}

	/** What of the proxy has no way back, as a page may name it by hand, is the page's own. */
	function proxied( image ) {
		var url = image.currentSrc || image.src || '';
		return back( url ) !== url;
	}

	function delivered( image ) {
		return image.complete && image.naturalWidth > 0 && proxied( image );
	}

	function images() {
		return Array.prototype.slice.call( document.images );
	}

	/** One broken image can be the image's own fault. Nothing but broken ones is the proxy's. */
	function fail( image ) {
		var picture = image.parentNode && image.parentNode.localName === 'picture' ? image.parentNode : null;
		var works = images().some( delivered );
		failed += 1;
		if ( ! works || failed > 2 ) {
			restoreAll( 'error' );
			return;
		}
		Array.prototype.forEach.call( picture ? picture.children : [ image ], restore );
	}

	function broken( image ) {
		return image.complete && image.naturalWidth === 0 && proxied( image );
	}

	/**
	 * Finds what broke and told nobody. Chromium fires no "error" for what an image chooses because the
	 * window or its box has changed: a phone that is turned is enough.
	 */
	function look() {
		images().filter( broken ).forEach( fail );
	}

	function late( image ) {
		var box = image.getBoundingClientRect();
		return ! image.complete && proxied( image ) && ( image.loading !== 'lazy' || ( box.top < innerHeight && box.bottom > 0 ) );
	}

	/** A page may have backgrounds only, and nobody hears when those fail. */
	function tryBackground() {
		var holders = Array.prototype.slice.call( document.querySelectorAll( '[style],style,[poster]' ) );
		var found = images().some( proxied ) ? null : holders.map( function ( holder ) {
			return ( ( holder.getAttribute( 'style' ) || '' ) + ' ' + ( holder.getAttribute( 'poster' ) || '' ) + ' ' + holder.textContent ).match( ours );
		} ).filter( Boolean )[ 0 ];
		if ( found ) {
			var image = new Image();
			image.onerror = function () {
				restoreAll( 'error' );
			};
			image.src = found[ 0 ];
		}
	}

	addEventListener( 'error', function ( event ) {
		if ( event.target instanceof HTMLImageElement && proxied( event.target ) ) {
			fail( event.target );
		}
	}, true );

	function start() {
		look();
		// What ends a request, were it a policy, can be observed.
		if ( window.PerformanceObserver ) {
			new PerformanceObserver( look ).observe( { entryTypes: [ 'resource' ] } );
		}
		tryBackground();
		setTimeout( function () {
			if ( images().some( late ) && ! images().some( delivered ) ) {
				restoreAll( 'slow' );
			}
		}, PATIENCE );
	}

	if ( document.readyState === 'loading' ) {
		addEventListener( 'DOMContentLoaded', start );
	} else {
		start();
	}
}() );
