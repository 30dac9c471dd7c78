<?php
/**
 * Stand: a site before the plugin and with it.
 *
 * @package Gip4all
 */

declare(strict_types=1);

namespace Gip4all\Tests\Live;

/**
 * Keeps what a site said without the plugin, then switches the plugin on as its owner would.
 */
final class Stand {

	/** The themes: the release's own, which has blocks, and a classic one. */
	public const THEMES = array( '', 'gip4all-classic' );

	/**
	 * Stands by site and path.
	 *
	 * @var array<string, self>
	 */
	private static array $made = array();

	/**
	 * The site.
	 *
	 * @var Live_Site
	 */
	public Live_Site $site;

	/**
	 * Pages without the plugin, by path.
	 *
	 * @var array<string, string>
	 */
	public array $before = array();

	/**
	 * What an editor reads without the plugin, by path.
	 *
	 * @var array<string, string>
	 */
	public array $edited = array();

	/**
	 * Pages with the plugin as it is set now, by path: asked for once.
	 *
	 * @var array<string, string>
	 */
	private array $now = array();

	/**
	 * The stand of a site; made once.
	 *
	 * @param string $name Its name in the rig.
	 * @param string $path Path of the blog.
	 */
	public static function of( string $name, string $path = '/' ): self {
		self::$made[ $name . $path ] = self::$made[ $name . $path ] ?? new self( new Live_Site( $name, $path ) );
		return self::$made[ $name . $path ];
	}

	/**
	 * Asks without the plugin, then starts it.
	 *
	 * @param Live_Site $site The site.
	 */
	private function __construct( Live_Site $site ) {
		$this->site = $site;
		$site->run( "require_once ABSPATH . 'wp-admin/includes/plugin.php'; deactivate_plugins( 'gip4all/gip4all.php' );" );
		foreach ( array_merge( $this->pages(), $this->machines() ) as $path ) {
			$this->before[ $path ] = $site->text( $path );
		}
		$this->edited = $this->as_editor();
		$this->start();
	}

	/**
	 * A page with the plugin, the same for all who do not change anything.
	 *
	 * @param string $page Its path.
	 */
	public function now( string $page ): string {
		$this->now[ $page ] = $this->now[ $page ] ?? $this->site->text( $page );
		return $this->now[ $page ];
	}

	/**
	 * Activates the plugin, and stores and tests its settings.
	 *
	 * @param array<string, mixed> $settings Values by name that differ.
	 * @throws \RuntimeException When the test did not pass.
	 */
	public function start( array $settings = array() ): void {
		$this->site->run( "require_once ABSPATH . 'wp-admin/includes/plugin.php'; wp_set_current_user( 1 ); \$r = activate_plugin( 'gip4all/gip4all.php' ); if ( is_wp_error( \$r ) ) { echo \$r->get_error_message(); exit( 1 ); }" );
		$this->settings( $settings );
	}

	/**
	 * Stores settings as the page does, and tests them.
	 *
	 * @param array<string, mixed> $settings Values by name that differ.
	 * @throws \RuntimeException When the test did not pass.
	 */
	public function settings( array $settings = array() ): void {
		$settings += array(
			'endpoint' => Rig::proxy( 'endpoint' ),
			'key'      => Rig::proxy( 'key' ),
			'salt'     => Rig::proxy( 'salt' ),
			'site'     => Rig::proxy( 'site' ),
			'token'    => Rig::proxy( 'token' ),
		);
		$this->now = array();
		$stored    = var_export( $settings, true );
		$said      = $this->site->run( "update_option( 'gip4all_settings', $stored ); \$r = Gip4all\\Health\\Probe::run(); Gip4all\\Health\\State::keep( \$r ); echo \$r->passed() ? 'on' : \$r->message();" );
		if ( 'on' !== trim( $said ) ) {
			throw new \RuntimeException( $this->site->name . ': ' . $said );
		}
	}

	/**
	 * Paths of the pages that show images.
	 *
	 * @return string[]
	 */
	public function pages(): array {
		$pages = array();
		foreach ( self::THEMES as $theme ) {
			foreach ( array( 'blocks', 'classic', 'names' ) as $name ) {
				$pages[] = $this->site->page( $name ) . ( '' === $theme ? '' : "?rig_theme=$theme" );
			}
			$pages[] = $this->site->path . ( '' === $theme ? '' : "?rig_theme=$theme" );
		}
		return $pages;
	}

	/**
	 * Paths that machines read.
	 *
	 * @return string[]
	 */
	public function machines(): array {
		$root = rtrim( $this->site->path, '/' );
		return array( "$root/feed/", "$root/wp-json/wp/v2/posts?_embed=1", "$root/wp-json/wp/v2/media", "$root/wp-sitemap-posts-post-1.xml" );
	}

	/**
	 * What the block editor reads.
	 *
	 * @return array<string, string>
	 */
	public function as_editor(): array {
		$admin  = $this->site->as_administrator();
		$nonce  = $admin->nonce();
		$root   = rtrim( $this->site->path, '/' );
		$answer = array();
		foreach ( array( 'posts?context=edit', 'media?context=edit', 'media?context=view', 'media/' . $this->site->image( 'photo' ) . '?context=edit', 'block-renderer/core/latest-posts?context=edit&attributes%5BdisplayFeaturedImage%5D=true' ) as $path ) {
			$said            = $admin->ask( "$root/wp-json/wp/v2/$path", array( "X-WP-Nonce: $nonce" ) );
			$answer[ $path ] = $said->status . "\n" . $said->body;
		}
		return $answer;
	}
}
