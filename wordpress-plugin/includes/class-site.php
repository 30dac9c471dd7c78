<?php
/**
 * Site: the rewriter and its parts for the site that a request is about.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all;

use Gip4all\Html\Rewriter;
use Gip4all\Library\Library;
use Gip4all\Pure\Catalog;
use Gip4all\Pure\Reverser;
use Gip4all\Pure\Rules;
use Gip4all\Pure\Settings;
use Gip4all\Pure\Url_Builder;
use Gip4all\Pure\Variants;

defined( 'ABSPATH' ) || exit;

/**
 * Puts the pure classes together, once for each site of a network that a request switches to.
 * Only settings that are ready make one.
 */
final class Site {

	/**
	 * Made sites by the number of the blog; null for one that is not set up.
	 *
	 * @var array<int, self|null>
	 */
	private static array $made = array();

	/**
	 * What the owner chose.
	 *
	 * @var Settings
	 */
	public Settings $settings;

	/**
	 * Which images are ours.
	 *
	 * @var Rules
	 */
	public Rules $rules;

	/**
	 * Writes and reads the proxy's URLs.
	 *
	 * @var Url_Builder
	 */
	public Url_Builder $builder;

	/**
	 * Gives the proxy's URL of an image.
	 *
	 * @var Variants
	 */
	public Variants $variants;

	/**
	 * Rewrites HTML.
	 *
	 * @var Rewriter
	 */
	public Rewriter $rewriter;

	/**
	 * Maps back.
	 *
	 * @var Reverser
	 */
	public Reverser $reverser;

	/**
	 * Fills what variants are chosen by.
	 *
	 * @var Library
	 */
	public Library $library;

	/**
	 * The site of this moment, or null before it is set up.
	 */
	public static function current(): ?self {
		$blog = get_current_blog_id();
		if ( ! array_key_exists( $blog, self::$made ) ) {
			$settings            = Options::settings();
			self::$made[ $blog ] = $settings->ready() ? new self( $settings ) : null;
		}
		return self::$made[ $blog ];
	}

	/**
	 * Forgets what was made: the settings have changed.
	 */
	public static function forget(): void {
		self::$made = array();
	}

	/**
	 * Puts everything together.
	 *
	 * @param Settings $settings Settings that are ready.
	 */
	private function __construct( Settings $settings ) {
		$folders        = self::folders();
		$catalog        = new Catalog( $folders );
		$this->settings = $settings;
		$this->rules    = new Rules( $settings, home_url( '/' ), $folders, array( self::class, 'skips' ) );
		$this->builder  = new Url_Builder( $settings->text( 'endpoint' ), $settings->signer(), array( self::class, 'filtered' ) );
		$this->variants = new Variants( $settings, $this->rules, $this->builder, $catalog );
		$this->rewriter = new Rewriter( $this->rules, $this->variants, null, (bool) Options::own( 'json' ) );
		$this->reverser = new Reverser( $this->builder );
		$this->library  = new Library( $catalog, $folders );
	}

	/**
	 * URLs of this site's upload folders, an inner one before the one it is in.
	 *
	 * @return string[]
	 */
	public static function folders(): array {
		$folders = self::spelled( array( wp_upload_dir( null, false )['baseurl'], content_url( 'uploads' ) ) );
		/**
		 * Filters the URLs of the folders whose images go through the proxy, for example to add
		 * another domain that serves the same uploads.
		 *
		 * @since 0.1.0
		 *
		 * @param string[] $folders URLs of folders.
		 */
		$folders = (array) apply_filters( 'gip4all_folders', array_values( array_unique( $folders ) ) );
		return array_values( array_filter( $folders, 'is_string' ) );
	}

	/**
	 * In a network with folders, one file has two URLs, and WordPress uses now the one, now the other:
	 * below the site's own address, and below the network's.
	 *
	 * @param string[] $folders URLs of folders.
	 * @return string[]
	 */
	private static function spelled( array $folders ): array {
		if ( ! is_multisite() ) {
			return $folders;
		}
		$own = site_url( '/' );
		$net = network_site_url( '/' );
		$all = array();
		foreach ( $folders as $folder ) {
			$all[] = $folder;
			if ( 0 === strpos( $folder, $own ) ) {
				$all[] = $net . substr( $folder, strlen( $own ) );
			} elseif ( 0 === strpos( $folder, $net ) ) {
				$all[] = $own . substr( $folder, strlen( $net ) );
			}
		}
		return $all;
	}

	/**
	 * Asks other plugins whether an image is to be left alone.
	 *
	 * @param string $url The image's own URL.
	 */
	public static function skips( string $url ): bool {
		/**
		 * Filters whether an image is left alone.
		 *
		 * @since 0.1.0
		 *
		 * @param bool   $skip False unless another plugin said otherwise.
		 * @param string $url  The image's own URL.
		 */
		return (bool) apply_filters( 'gip4all_skip', false, $url );
	}

	/**
	 * Lets other plugins change a URL of the proxy.
	 *
	 * @param string                    $url     The signed URL.
	 * @param string                    $source  The image's own URL.
	 * @param array<string, string|int> $options What is asked of the proxy, by short names.
	 */
	public static function filtered( string $url, string $source, array $options ): string {
		/**
		 * Filters the URL that an image is shown by. One with a character that needs escaping in an
		 * attribute, a srcset or CSS is refused, and the image keeps the plugin's own.
		 *
		 * @since 0.1.0
		 *
		 * @param string $url     The signed URL.
		 * @param string $source  The image's own URL.
		 * @param array  $options What is asked of the proxy, by short names such as w, q, f.
		 */
		return (string) apply_filters( 'gip4all_url', $url, $source, $options );
	}
}
